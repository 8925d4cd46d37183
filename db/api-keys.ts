import { timingSafeEqual } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Connection } from './database.ts';

/** The cluster of a key, compared in constant time once the index has found its row. */
export async function clusterOfKey({ db, tables: { apiKeys } }: Connection, keyHash: string): Promise<string | undefined> {
  const [row] = await db.select().from(apiKeys).where(eq(apiKeys.keyHash, keyHash));
  if (row === undefined) return undefined;
  return timingSafeEqual(Buffer.from(row.keyHash), Buffer.from(keyHash)) ? row.cluster : undefined;
}

export async function addKey({ db, tables: { apiKeys } }: Connection, keyHash: string, cluster: string): Promise<void> {
  await db.insert(apiKeys).values({ keyHash, cluster }).onConflictDoNothing();
}
