import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { Client } from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createCompactionStore } from '../../db/compaction-store.ts';
import { createIncidentStore } from '../../db/incident-store.ts';
import { openPostgres } from '../../db/open-postgres.ts';
import { openSqlite } from '../../db/open-sqlite.ts';
import { createRetentionStore } from '../../db/retention/retention-store.ts';
import { exerciseLedger } from '../support/exercise-ledger.ts';
import { exerciseStore } from '../support/exercise-store.ts';
import { postgresDatabase } from '../support/postgres-database.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** What is small by nature may be read whole: partial indexes of what is left to do, watermarks, and incidents by onset up to a limit. */
const readWhole = [
  'incidents_onset',
  'batches_pending',
  'batches_quarantined',
  'workloads_stale',
  'workloads_undecided',
  'watermarks_pkey',
  'trend_marks_workload_name_namespace_workload_kind_week_cluster_',
];

test('no statement reads a whole table of SQLite', async () => {
  const path = join(await temporaryDirectory(), 'mortem.db');
  const prepare = vi.spyOn(BetterSqlite.prototype, 'prepare');
  const database = openSqlite(path);
  const store = createIncidentStore(database);
  await exerciseStore(store, createRetentionStore(database), createCompactionStore(database));
  await exerciseLedger(database);
  const statements = [...new Set(prepare.mock.calls.map(([sql]) => sql))].filter(isPlanned);
  prepare.mockRestore();
  await store.close();
  expect(statements.length).toBeGreaterThan(15);

  const client = new BetterSqlite(path);
  onTestFinished(() => void client.close());
  const scans = statements.flatMap((sql) => {
    const parameters = Array.from({ length: sql.split('?').length - 1 }, () => 'x');
    const plan = client.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...parameters);
    return plan.flatMap(({ detail }) => (isScanOfSqlite(detail) ? [{ sql, detail }] : []));
  });
  expect(scans).toEqual([]);
});

test('no statement reads a whole table of PostgreSQL', async () => {
  const url = await postgresDatabase();
  const query = vi.spyOn(Client.prototype, 'query');
  const database = openPostgres({ url, maxConnections: 2 });
  const store = createIncidentStore(database);
  await exerciseStore(store, createRetentionStore(database), createCompactionStore(database));
  await exerciseLedger(database);
  const statements = [...new Set(query.mock.calls.map(([config]) => textOf(config)))].filter(isPlanned);
  query.mockRestore();
  await store.close();
  expect(statements.length).toBeGreaterThan(15);

  const client = new Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  // What autovacuum learned of a few rows in the meantime would choose other indexes than a large table gets.
  await client.query('delete from pg_statistic');
  await client.query("update pg_class set reltuples = -1, relpages = 0, relallvisible = 0 where relnamespace = 'public'::regnamespace");
  // Tables without content are cheapest read whole; so only what cannot be answered otherwise is.
  await client.query('set enable_seqscan = off');
  const scans: { sql: string; scans: readonly string[] }[] = [];
  for (const sql of statements) {
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { Plan: PlanNode }[] }>(`explain (generic_plan, format json) ${sql}`);
    const found = rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => scansIn(Plan)));
    if (found.length > 0) scans.push({ sql, scans: found });
  }
  expect(scans).toEqual([]);
});

function isPlanned(sql: string): boolean {
  return /^(select|update|delete)/.test(sql) && !sql.includes('__drizzle_migrations') && !sql.includes('sqlite_master');
}

/** Names, targets and seen are subqueries, which are read whole by nature, watermarks has one row for each cluster, and marks are what is left to do. */
function isScanOfSqlite(detail: string): boolean {
  const [, scanned] = /^SCAN (.*)$/.exec(detail) ?? [];
  return (
    scanned !== undefined &&
    !/^(names|targets|seen|watermarks|trend_marks)\b/.test(scanned) &&
    !readWhole.some((index) => scanned.endsWith(`USING INDEX ${index}`))
  );
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

function scansIn(node: PlanNode): readonly string[] {
  const below = (node.Plans ?? []).flatMap(scansIn);
  return isScanOfPostgres(node) ? [`${node['Node Type']} ${node['Relation Name'] ?? ''} ${node['Index Name'] ?? ''}`, ...below] : below;
}

function isScanOfPostgres(node: PlanNode): boolean {
  // One row for each cluster.
  if (node['Node Type'] === 'Seq Scan') return node['Relation Name'] !== 'watermarks';
  const index = node['Index Name'];
  return index !== undefined && node['Index Cond'] === undefined && !readWhole.includes(index);
}

function textOf(config: unknown): string {
  if (typeof config === 'string') return config;
  return typeof config === 'object' && config !== null && 'text' in config ? String(config.text) : '';
}
