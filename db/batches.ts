import { and, asc, eq, sql } from 'drizzle-orm';
import type { BatchRow, RejectedLine } from '#core/store-model.ts';
import type { Connection } from './database.ts';

/** @returns `duplicate` when the batch is known already, in whatever state */
export async function insertBatch({ db, tables: { batches } }: Connection, batch: BatchRow): Promise<'inserted' | 'duplicate'> {
  const inserted = await db
    .insert(batches)
    .values({ ...batch, rejected: JSON.stringify(batch.rejected) })
    .onConflictDoNothing()
    .returning({ id: batches.id });
  return inserted.length > 0 ? 'inserted' : 'duplicate';
}

export async function readBatch({ db, tables: { batches } }: Connection, id: string): Promise<BatchRow | undefined> {
  const [row] = await db.select().from(batches).where(eq(batches.id, id));
  return row === undefined ? undefined : toBatch(row);
}

/** Oldest first. */
export async function readPendingBatches({ db, tables: { batches } }: Connection, limit: number): Promise<readonly BatchRow[]> {
  const rows = await db
    .select()
    .from(batches)
    // Literal, as in the partial index: with a parameter no planner can know that the index applies.
    .where(sql`${batches.status} = 'pending'`)
    .orderBy(asc(batches.receivedAt), asc(batches.id))
    .limit(limit);
  return rows.map(toBatch);
}

/** Oldest first. */
export async function readQuarantinedBatches({ db, tables: { batches } }: Connection, limit: number): Promise<readonly BatchRow[]> {
  const rows = await db
    .select()
    .from(batches)
    .where(sql`${batches.status} = 'quarantined'`)
    .orderBy(asc(batches.receivedAt), asc(batches.id))
    .limit(limit);
  return rows.map(toBatch);
}

export async function requeueBatch({ db, tables: { batches } }: Connection, id: string): Promise<void> {
  await db
    .update(batches)
    .set({ status: 'pending', reason: null })
    .where(and(eq(batches.id, id), eq(batches.status, 'quarantined')));
}

export async function finishBatch(
  { db, tables: { batches } }: Connection,
  id: string,
  outcome: { readonly status: 'processed' } | { readonly status: 'quarantined'; readonly reason: string },
): Promise<void> {
  // What another processor finished meanwhile stays finished.
  const failed = outcome.status === 'quarantined' ? eq(batches.status, 'pending') : undefined;
  await db
    .update(batches)
    .set(outcome)
    .where(and(eq(batches.id, id), failed));
}

type Row = Connection['tables']['batches']['$inferSelect'];

/** Only {@link insertBatch} writes the rejected lines. */
export function toBatch({ status, rejected, reason, ...row }: Row): BatchRow {
  const lines: readonly RejectedLine[] = JSON.parse(rejected);
  return {
    ...row,
    status: toStatus(status),
    rejected: lines,
    ...(reason === null ? {} : { reason }),
  };
}

function toStatus(status: string): BatchRow['status'] {
  return status === 'processed' || status === 'quarantined' ? status : 'pending';
}
