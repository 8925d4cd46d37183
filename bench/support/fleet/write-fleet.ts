import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { OpenDatabase } from '../../../db/database.ts';
import { incidentRow } from '../../../db/incident-row.ts';
import { foldTrends } from '../../../db/ledger/fold-trends.ts';
import { markTrends } from '../../../db/ledger/mark-trends.ts';
import { podRunRow, rolloutRow, terminationRow, waitRow } from '../../../db/ledger/rows.ts';
import { createRowInserter } from '../../../db/row-inserter.ts';
import type { Tables } from '../../../db/schema.ts';
import { prepared } from '../../../db/prepared.ts';
import { raiseWatermark } from '../../../db/watermarks.ts';
import { makeFleet, type FleetOptions, type FleetWorkload } from './make-fleet.ts';
import { makeIncidents } from './make-incidents.ts';
import { makeLedger } from './make-ledger.ts';

export interface WrittenFleet {
  readonly workloads: readonly FleetWorkload[];
  readonly terminations: number;
}

const rowsPerTransaction = 20_000;
const foldsAtOnce = 500;

const written = ['terminations', 'waits', 'rollouts', 'podRuns', 'incidents', 'incidentIds'] as const satisfies (keyof Tables)[];

type Rows = Readonly<Record<(typeof written)[number], readonly Readonly<Record<string, unknown>>[]>>;

const inserters = prepared((connection) =>
  written.map((name) => {
    const table: PgTable = connection.tables[name];
    const columns = Object.keys(getTableColumns(table));
    return {
      name,
      insert: createRowInserter(connection, { name: `fleet_${name}`, columns, insert: (rows) => connection.db.insert(table).values(rows) }),
    };
  }),
);

/** Writes the ledger and the incidents of every workload, the data time of every cluster, and the sums that trends are read from. */
export async function writeFleet(
  database: Pick<OpenDatabase, 'read' | 'transact'>,
  options: FleetOptions,
  onProgress: (terminations: number) => void = () => {},
): Promise<WrittenFleet> {
  const workloads: FleetWorkload[] = [];
  let [terminations, held] = [0, 0];
  let waiting: { readonly workload: FleetWorkload; readonly rows: Rows }[] = [];
  const flush = async (): Promise<void> => {
    const some = waiting;
    [waiting, held] = [[], 0];
    await database.transact(async (tx) => {
      for (const { name, insert } of inserters(tx)) await insert(some.flatMap(({ rows }) => rows[name]));
      for (const { workload } of some) await raiseWatermark(tx, workload.key.cluster, workload.end);
    });
    onProgress(terminations);
  };
  for (const workload of makeFleet(options)) {
    const rows = rowsOf(workload);
    workloads.push(workload);
    waiting.push({ workload, rows });
    terminations += rows.terminations.length;
    held += rows.terminations.length;
    if (held >= rowsPerTransaction) await flush();
  }
  await flush();
  return { workloads, terminations };
}

function rowsOf(workload: FleetWorkload): Rows {
  const ledger = makeLedger(workload);
  const incidents = makeIncidents(workload, ledger);
  return {
    terminations: ledger.terminations.map(terminationRow),
    waits: ledger.waits.map(waitRow),
    rollouts: ledger.rollouts.map(rolloutRow),
    podRuns: ledger.podRuns.map(podRunRow),
    incidents: incidents.map(incidentRow),
    incidentIds: incidents.map(({ id }) => ({ alias: id, incidentId: id })),
  };
}

/** Sums the fleet as the schedule does. Needs the indexes. */
export async function foldFleet(database: Pick<OpenDatabase, 'read' | 'transact'>, workloads: readonly FleetWorkload[]): Promise<void> {
  for (const { key, story } of workloads) {
    const place = { cluster: key.cluster, namespace: key.namespace, workloadKind: key.kind, workloadName: key.name };
    const times = story.releases.flatMap(({ at, deaths, symptom }) => (symptom === 'ImagePullBackOff' ? [at] : deaths));
    await database.transact((tx) =>
      markTrends(
        tx,
        times.map((at) => ({ ...place, at })),
      ),
    );
  }
  while ((await foldTrends(database, {}, foldsAtOnce)) === foldsAtOnce);
}
