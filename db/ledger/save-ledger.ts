import { and, gte, sql } from 'drizzle-orm';
import { mergeLedger } from '#core/ledger/merge-ledger.ts';
import type { WorkloadLedger } from '#core/ledger/workload-ledger.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import { day } from '#core/time/instant.ts';
import type { Connection } from '../database.ts';
import { prepared } from '../prepared.ts';
import { isOf } from './conditions.ts';
import { markTrends } from './mark-trends.ts';
import { readFormerPlaces } from './read-former-places.ts';
import { createRowReplacer } from './replace-rows.ts';
import { podRunOf, podRunRow, rolloutOf, rolloutRow, terminationOf, terminationRow, waitOf, waitRow } from './rows.ts';

const ofWorkload = {
  cluster: sql.placeholder('cluster'),
  namespace: sql.placeholder('namespace'),
  kind: sql.placeholder('kind'),
  name: sql.placeholder('name'),
};
const fromDay = sql.placeholder('since');

/** Every save runs them all: making their SQL anew took more time than running it. */
const statements = prepared((connection) => {
  const { db, tables } = connection;
  const { terminations, waits, rollouts, podRuns } = tables;
  return {
    read: {
      terminations: db
        .select()
        .from(terminations)
        .where(and(isOf(terminations, ofWorkload), gte(terminations.finishedAt, fromDay)))
        .prepare('ledger_terminations'),
      waits: db
        .select()
        .from(waits)
        .where(and(isOf(waits, ofWorkload), gte(waits.fromAt, fromDay)))
        .prepare('ledger_waits'),
      rollouts: db
        .select()
        .from(rollouts)
        .where(isOf(rollouts, ofWorkload))
        .orderBy(rollouts.at, rollouts.evidence, rollouts.container)
        .prepare('ledger_rollouts'),
      podRuns: db
        .select()
        .from(podRuns)
        .where(and(isOf(podRuns, ofWorkload), gte(podRuns.untilAt, fromDay)))
        .prepare('ledger_pod_runs'),
    },
    terminations: createRowReplacer(connection, terminations, { name: 'terminations', key: ['finishedAt', 'evidence', 'cluster'] }),
    waits: createRowReplacer(connection, waits, { name: 'waits', key: ['fromAt', 'evidence', 'container', 'cluster'] }),
    rollouts: createRowReplacer(connection, rollouts, { name: 'rollouts', key: ['at', 'evidence', 'container', 'cluster'] }),
    podRuns: createRowReplacer(connection, podRuns, { name: 'pod_runs', key: ['fromAt', 'podUid', 'container', 'cluster'] }),
  };
});

/**
 * Makes the workload's rows what its records tell, and leaves those alone whose records are gone. Rows of days before the
 * first one that the records touch, or before the fold that a build continues, are not even read: a ledger of years must not
 * make every save slower.
 */
export async function saveLedger(tx: Connection, workload: WorkloadKey, built: WorkloadLedger): Promise<void> {
  const stored = await readStored(tx, workload, built.fold?.since ?? dayOf(earliestOf(built)));
  const ledger = mergeLedger(
    {
      from: built.from,
      terminations: stored.terminations.map(terminationOf),
      waits: stored.waits.map(waitOf),
      rollouts: stored.rollouts.map(rolloutOf),
      podRuns: stored.podRuns.map(podRunOf),
    },
    built,
  );
  const replace = statements(tx);
  const terminations = { stored: stored.terminations, wanted: ledger.terminations.map(terminationRow) };
  const waits = { stored: stored.waits, wanted: ledger.waits.map(waitRow) };
  // Read before they are written over: what another workload loses is no longer counted there.
  const former = await readFormerPlaces(tx, { terminations, waits });
  const deathChanges = await replace.terminations(terminations);
  const waitChanges = await replace.waits(waits);
  await markTrends(tx, [
    ...former,
    ...deathChanges.map((row) => ({ ...row, at: row.finishedAt })),
    ...waitChanges.map((row) => ({ ...row, at: row.fromAt })),
  ]);
  await replace.rollouts({ stored: stored.rollouts, wanted: ledger.rollouts.map(rolloutRow) });
  await replace.podRuns({ stored: stored.podRuns, wanted: ledger.podRuns.map(podRunRow) });
}

/** The day of a moment, in UTC: epoch milliseconds of its beginning. */
function dayOf(at: number): number {
  return Math.floor(at / day) * day;
}

/** A record may tell of what was before it: a last state, a creation. */
function earliestOf({ from, terminations, waits }: WorkloadLedger): number {
  return Math.min(
    from,
    ...terminations.slice(0, 1).map(({ finishedAt }) => Date.parse(finishedAt)),
    ...waits.slice(0, 1).map((wait) => Date.parse(wait.from)),
  );
}

async function readStored(tx: Connection, { cluster, namespace, kind, name }: WorkloadKey, since: number) {
  const read = statements(tx).read;
  const of = { cluster, namespace, kind, name, since };
  // Over a network they leave together.
  const [terminations, waits, rollouts, podRuns] = await Promise.all([
    read.terminations.execute(of),
    read.waits.execute(of),
    read.rollouts.execute(of),
    read.podRuns.execute(of),
  ]);
  return { terminations, waits, rollouts, podRuns };
}
