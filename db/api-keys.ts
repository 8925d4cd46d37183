import { timingSafeEqual } from 'node:crypto';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { ApiKey, Scope } from '#core/store-model.ts';
import type { Connection } from './database.ts';

/** Compared in constant time once the index has found its row. */
export async function readKey({ db, tables: { apiKeys } }: Connection, keyHash: string): Promise<ApiKey | undefined> {
  const [row] = await db.select().from(apiKeys).where(eq(apiKeys.keyHash, keyHash));
  return row !== undefined && timingSafeEqual(Buffer.from(row.keyHash), Buffer.from(keyHash)) ? toKey(row) : undefined;
}

export async function readKeys({ db, tables: { apiKeys } }: Connection): Promise<readonly ApiKey[]> {
  const rows = await db.select().from(apiKeys).orderBy(asc(apiKeys.createdAt), asc(apiKeys.keyHash));
  return rows.map(toKey);
}

export async function addKey({ db, tables: { apiKeys } }: Connection, key: ApiKey): Promise<void> {
  await db
    .insert(apiKeys)
    .values({ ...key, scopes: key.scopes.join(' ') })
    .onConflictDoNothing();
}

export async function revokeKey({ db, tables: { apiKeys } }: Connection, keyHash: string, revokedAt: number): Promise<void> {
  await db
    .update(apiKeys)
    .set({ revokedAt })
    .where(and(eq(apiKeys.keyHash, keyHash), isNull(apiKeys.revokedAt)));
}

function toKey({ scopes, revokedAt, ...row }: Connection['tables']['apiKeys']['$inferSelect']): ApiKey {
  return { ...row, scopes: scopes.split(' ').filter(isScope), ...(revokedAt === null ? {} : { revokedAt }) };
}

function isScope(word: string): word is Scope {
  return word === 'read' || word === 'write';
}
