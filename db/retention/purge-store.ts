import { and, asc, count, eq, gt, gte, inArray, lt, sql } from 'drizzle-orm';
import type { PurgeCounts, PurgeScope, PurgeStore } from '#core/ports.ts';
import { toBatch } from '../batches.ts';
import type { Connection, OpenDatabase } from '../database.ts';
import { foldTrends } from '../ledger/fold-trends.ts';
import { afterPrefix } from '../prefix.ts';
import { raiseWatermark } from '../watermarks.ts';
import { purgedRows } from './purge-scope.ts';
import { countSegments, purgeSegments } from './purge-segments.ts';
import { removeRows, rowsAtOnce } from './remove-rows.ts';

const foldedAtOnce = 500;

export function createPurgeStore({ read, transact }: OpenDatabase): PurgeStore {
  return {
    countIndex: (scope) => read((connection) => countIndex(connection, scope)),
    purgeIndex: (scope) => purgeIndex({ read, transact }, scope),
    batchesOf: (cluster, after, limit) =>
      read(async ({ db, tables: { batches } }) => {
        const prefix = `${cluster}/`;
        const rows = await db
          .select()
          .from(batches)
          .where(and(gte(batches.id, prefix), lt(batches.id, afterPrefix(prefix)), gt(batches.id, after)))
          .orderBy(asc(batches.id))
          .limit(limit);
        return rows.map(toBatch);
      }),
    moveBatch: (id, blob) =>
      transact(async ({ db, tables: { batches } }) => {
        await db.update(batches).set(blob).where(eq(batches.id, id));
      }),
    removeBatches: (ids) =>
      transact(async ({ db, tables: { batches } }) => {
        await db.delete(batches).where(inArray(batches.id, [...ids]));
      }),
  };
}

async function countIndex(connection: Connection, scope: PurgeScope): Promise<PurgeCounts> {
  const counts = { observations: 0, incidents: 0, ledger: 0, rest: 0 };
  for (const { of, table, where } of purgedRows(connection, scope)) {
    const [row] = await connection.db.select({ rows: count() }).from(table).where(where);
    counts[of] += row?.rows ?? 0;
  }
  counts.observations += await countSegments(connection, scope);
  return toCounts(counts);
}

async function purgeIndex({ read, transact }: Pick<OpenDatabase, 'read' | 'transact'>, scope: PurgeScope): Promise<PurgeCounts> {
  const counts = { observations: 0, incidents: 0, ledger: 0, rest: 0 };
  const steps = await read(async (connection) => purgedRows(connection, scope).length);
  for (let step = 0; step < steps; step += 1) {
    for (let removed = rowsAtOnce; removed === rowsAtOnce;) {
      removed = await transact(async (tx) => {
        // The lock of the cluster: no batch may teach or merge meanwhile.
        await raiseWatermark(tx, scope.cluster, 0);
        const rows = purgedRows(tx, scope)[step];
        if (rows === undefined) return 0;
        const gone = await removeRows(tx, rows);
        counts[rows.of] += gone;
        return gone;
      });
    }
    // Behind the rows, which come first: what is left of those is nothing that could become another segment of the scope.
    if (step === 0) counts.observations += await purgeSegments(transact, scope);
  }
  await transact((tx) => markWorkloads(tx, scope));
  // Sums hold names and counts of what is gone.
  while ((await foldTrends({ read, transact }, { cluster: scope.cluster }, foldedAtOnce)) === foldedAtOnce);
  return toCounts(counts);
}

/** Those that are left are built again: they may have lost records, and the incidents made of them. */
async function markWorkloads({ db, tables: { workloads } }: Connection, { cluster, namespace }: PurgeScope): Promise<void> {
  await db
    .update(workloads)
    .set({ stale: true, version: sql`${workloads.version} + 1`, foldedBefore: 0 })
    .where(and(eq(workloads.cluster, cluster), namespace === undefined ? undefined : eq(workloads.namespace, namespace)));
}

function toCounts({ observations, incidents, ledger }: PurgeCounts): PurgeCounts {
  return { observations, incidents, ledger };
}
