import { eq } from 'drizzle-orm';
import type { LedgerStore } from '#core/ledger/ledger-store.ts';
import type { Connection, OpenDatabase } from './database.ts';
import { readAuditedWorkloads, readFailedRollouts, readImageRuns, readSightings } from './ledger/read-images.ts';
import { readRollouts, readRolloutsOf, readTerminations } from './ledger/read-rows.ts';
import { foldTrends } from './ledger/fold-trends.ts';
import { readPodSeconds } from './ledger/read-pod-seconds.ts';
import { readTrendBlocks, readTrendTotals } from './ledger/read-trends.ts';

/** What is asked weeks later, over one open database, whichever dialect it speaks. */
export function createLedgerStore({ read, transact }: Pick<OpenDatabase, 'read' | 'transact'>): LedgerStore {
  return {
    watermarks: (cluster) => read((connection) => readWatermarks(connection, cluster)),
    terminations: (query) => read((connection) => readTerminations(connection, query)),
    rollouts: (query) => read((connection) => readRollouts(connection, query)),
    imageRuns: (query) => read((connection) => readImageRuns(connection, query)),
    foldTrends: (span, limit) => foldTrends({ read, transact }, span, limit),
    trendTotals: (query) => read((connection) => readTrendTotals(connection, query)),
    trendBlocks: (query, groups) => read((connection) => readTrendBlocks(connection, query, groups)),
    podSeconds: (query, groups) => read((connection) => readPodSeconds(connection, query, groups)),
    rolloutsOf: (workloads) => read((connection) => readRolloutsOf(connection, workloads)),
    auditedWorkloads: (query) => read((connection) => readAuditedWorkloads(connection, query)),
    sightings: (repositories, cluster) => read((connection) => readSightings(connection, repositories, cluster)),
    failedRollouts: (digests, cluster) => read((connection) => readFailedRollouts(connection, digests, cluster)),
  };
}

async function readWatermarks(
  { db, tables: { watermarks } }: Connection,
  cluster: string | undefined,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .select()
    .from(watermarks)
    .where(cluster === undefined ? undefined : eq(watermarks.cluster, cluster));
  return new Map(rows.map((row) => [row.cluster, row.at]));
}
