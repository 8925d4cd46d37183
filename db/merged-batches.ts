import { and, asc, eq, gte, inArray, lt, lte, sql } from 'drizzle-orm';
import type { ReceivedSpan } from '#core/ports.ts';
import type { BatchRow } from '#core/store-model.ts';
import { insertBatch, toBatch } from './batches.ts';
import type { Connection } from './database.ts';

/** Oldest first; not those with a rejected line, whose answer is kept. */
export async function readSmallBatches(
  { db, tables: { batches } }: Connection,
  { from, until, mostRecords }: ReceivedSpan,
  limit: number,
): Promise<readonly BatchRow[]> {
  const rows = await db
    .select()
    .from(batches)
    .where(
      and(
        // Literal, as in the partial index.
        sql`${batches.status} = 'processed'`,
        gte(batches.receivedAt, from),
        lt(batches.receivedAt, until),
        lte(batches.accepted, mostRecords),
        eq(batches.rejected, '[]'),
      ),
    )
    .orderBy(asc(batches.receivedAt), asc(batches.id))
    .limit(limit);
  return rows.map(toBatch);
}

/** @returns `outdated`, and nothing is changed, when one of the members has another body by now, or is gone */
export async function addMergedBatch(tx: Connection, merged: BatchRow, members: readonly BatchRow[]): Promise<'added' | 'outdated'> {
  const { batches } = tx.tables;
  // The update is the lock: who moves or removes one of them waits.
  const current = await tx.db
    .update(batches)
    .set({ status: 'processed' })
    .where(inArray(batches.id, idsOf(members)))
    .returning({ id: batches.id, blobKey: batches.blobKey });
  const keys = new Map(current.map(({ id, blobKey }) => [id, blobKey]));
  if (members.some(({ id, blobKey }) => keys.get(id) !== blobKey)) return 'outdated';
  await insertBatch(tx, merged);
  return 'added';
}

/** Those that still have the body that was merged. */
export async function removeMembers({ db, tables: { batches } }: Connection, members: readonly BatchRow[]): Promise<void> {
  const keys = members.map(({ blobKey }) => blobKey);
  await db.delete(batches).where(and(inArray(batches.id, idsOf(members)), inArray(batches.blobKey, keys)));
}

function idsOf(batches: readonly BatchRow[]): string[] {
  return batches.map(({ id }) => id);
}
