import { and, asc, inArray, lt, sql } from 'drizzle-orm';
import type { RetentionStore } from '#core/ports.ts';
import { toBatch } from '../batches.ts';
import type { OpenDatabase } from '../database.ts';
import { expireIncidents } from './expire-incidents.ts';
import { expireObservations } from './expire-observations.ts';

export function createRetentionStore(database: OpenDatabase): RetentionStore {
  const { read, transact } = database;
  return {
    expireObservations: (olderThanMs, limit) => expireObservations(database, olderThanMs, limit),
    expireIncidents: (olderThanMs, limit) => expireIncidents(database, olderThanMs, limit),
    processedBatches: (receivedBefore, limit) =>
      read(async ({ db, tables: { batches } }) => {
        const rows = await db
          .select()
          .from(batches)
          // Literal, as in the partial index.
          .where(and(sql`${batches.status} = 'processed'`, lt(batches.receivedAt, receivedBefore)))
          .orderBy(asc(batches.receivedAt))
          .limit(limit);
        return rows.map(toBatch);
      }),
    removeBatches: (ids) =>
      transact(async ({ db, tables: { batches } }) => {
        await db.delete(batches).where(inArray(batches.id, [...ids]));
      }),
  };
}
