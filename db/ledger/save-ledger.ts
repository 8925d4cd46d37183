import { and, gte, sql } from 'drizzle-orm';
import { mergeLedger } from '#core/ledger/merge-ledger.ts';
import type { WorkloadLedger } from '#core/ledger/workload-ledger.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import { dayOf, rollUpDays } from '#core/trends/roll-up-days.ts';
import type { Connection } from '../database.ts';
import { prepared } from '../prepared.ts';
import { isOf } from './conditions.ts';
import { createRowReplacer } from './replace-rows.ts';
import { podRunOf, podRunRow, rolloutOf, rolloutRow, terminationOf, terminationRow, waitOf, waitRow } from './rows.ts';
import { trendDayRow } from './trend-day-row.ts';

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
  const { terminations, waits, rollouts, podRuns, trendDays } = tables;
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
      trendDays: db
        .select()
        .from(trendDays)
        .where(and(isOf(trendDays, ofWorkload), gte(trendDays.day, fromDay)))
        .prepare('ledger_trend_days'),
    },
    terminations: createRowReplacer(connection, terminations, { name: 'terminations', key: ['finishedAt', 'evidence', 'cluster'] }),
    waits: createRowReplacer(connection, waits, { name: 'waits', key: ['fromAt', 'evidence', 'container', 'cluster'] }),
    rollouts: createRowReplacer(connection, rollouts, { name: 'rollouts', key: ['at', 'evidence', 'container', 'cluster'] }),
    podRuns: createRowReplacer(connection, podRuns, { name: 'pod_runs', key: ['fromAt', 'podUid', 'container', 'cluster'] }),
    trendDays: createRowReplacer(connection, trendDays, { name: 'trend_days', key: ['subject', 'day', 'key'] }),
  };
});

/**
 * Makes the workload's rows what its records tell, and leaves those alone whose records are gone. Rows of days before the
 * first one that the records touch are not even read: a ledger of years must not make every save slower.
 */
export async function saveLedger(tx: Connection, workload: WorkloadKey, built: WorkloadLedger): Promise<void> {
  const stored = await readStored(tx, workload, dayOf(earliestOf(built)));
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
  await replace.terminations({ stored: stored.terminations, wanted: ledger.terminations.map(terminationRow) });
  await replace.waits({ stored: stored.waits, wanted: ledger.waits.map(waitRow) });
  await replace.rollouts({ stored: stored.rollouts, wanted: ledger.rollouts.map(rolloutRow) });
  await replace.podRuns({ stored: stored.podRuns, wanted: ledger.podRuns.map(podRunRow) });
  await replace.trendDays({
    stored: stored.trendDays,
    wanted: rollUpDays(ledger.terminations, ledger.waits).map((day) => trendDayRow(workload, day)),
  });
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
  return {
    terminations: await read.terminations.execute(of),
    waits: await read.waits.execute(of),
    rollouts: await read.rollouts.execute(of),
    podRuns: await read.podRuns.execute(of),
    trendDays: await read.trendDays.execute(of),
  };
}
