import { and, gte } from 'drizzle-orm';
import { mergeLedger } from '#core/ledger/merge-ledger.ts';
import type { WorkloadLedger } from '#core/ledger/workload-ledger.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import { dayOf, rollUpDays } from '#core/trends/roll-up-days.ts';
import type { Connection } from '../database.ts';
import { isOf } from './conditions.ts';
import { replaceRows } from './replace-rows.ts';
import { podRunOf, podRunRow, rolloutOf, rolloutRow, terminationOf, terminationRow, waitOf, waitRow } from './rows.ts';
import { trendDayRow } from './trend-day-row.ts';

/**
 * Makes the workload's rows what its records tell, and leaves those alone whose records are gone. Rows of days before the
 * first one that the records touch are not even read: a ledger of years must not make every save slower.
 */
export async function saveLedger(tx: Connection, workload: WorkloadKey, built: WorkloadLedger): Promise<void> {
  const since = dayOf(earliestOf(built));
  const stored = await readStored(tx, workload, since);
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
  const { terminations, waits, rollouts, podRuns, trendDays } = tx.tables;
  await replaceRows(tx, {
    table: terminations,
    key: ['finishedAt', 'evidence', 'cluster'],
    stored: stored.terminations,
    wanted: ledger.terminations.map(terminationRow),
  });
  await replaceRows(tx, {
    table: waits,
    key: ['fromAt', 'evidence', 'container', 'cluster'],
    stored: stored.waits,
    wanted: ledger.waits.map(waitRow),
  });
  await replaceRows(tx, {
    table: rollouts,
    key: ['at', 'evidence', 'container', 'cluster'],
    stored: stored.rollouts,
    wanted: ledger.rollouts.map(rolloutRow),
  });
  await replaceRows(tx, {
    table: podRuns,
    key: ['fromAt', 'podUid', 'container', 'cluster'],
    stored: stored.podRuns,
    wanted: ledger.podRuns.map(podRunRow),
  });
  await replaceRows(tx, {
    table: trendDays,
    key: ['subject', 'day', 'key'],
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

async function readStored({ db, tables }: Connection, key: WorkloadKey, since: number) {
  const { terminations, waits, rollouts, podRuns, trendDays } = tables;
  return {
    terminations: await db
      .select()
      .from(terminations)
      .where(and(isOf(terminations, key), gte(terminations.finishedAt, since))),
    waits: await db
      .select()
      .from(waits)
      .where(and(isOf(waits, key), gte(waits.fromAt, since))),
    rollouts: await db.select().from(rollouts).where(isOf(rollouts, key)).orderBy(rollouts.at, rollouts.evidence, rollouts.container),
    podRuns: await db
      .select()
      .from(podRuns)
      .where(and(isOf(podRuns, key), gte(podRuns.untilAt, since))),
    trendDays: await db
      .select()
      .from(trendDays)
      .where(and(isOf(trendDays, key), gte(trendDays.day, since))),
  };
}
