import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Incident } from '../incident/incident.ts';
import type { WorkloadLedger } from '../ledger/workload-ledger.ts';
import type { Instant } from '../time/instant.ts';
import { subjectUid } from './subject-uid.ts';

/** All that was made of the records of one workload. */
export interface BuiltWorkload {
  readonly workload: WorkloadHistory;
  readonly incidents: readonly Incident[];
  readonly ledger: WorkloadLedger;
}

/**
 * Names what is told of the time before, so that a record which changes any of it is noticed, however young it is. Rollouts are
 * left out: they are few, and compared row by row.
 *
 * @param folded objects whose records the next build does not read
 */
export function pastHash({ workload, incidents, ledger }: BuiltWorkload, before: Instant, folded: ReadonlySet<string>): string {
  const own = workload.observations.filter((observation) => subjectUid(observation) !== undefined);
  return workload.hash(
    JSON.stringify([
      own.reduce((oldest, { observedAt }) => Math.min(oldest, Date.parse(observedAt)), Infinity),
      incidents.filter(({ onsetAt }) => Date.parse(onsetAt) < before),
      ledger.terminations.filter(({ finishedAt, podUid }) => Date.parse(finishedAt) < before && !folded.has(podUid)),
      ledger.waits.filter(({ from }) => Date.parse(from) < before),
      ledger.podRuns.filter(({ until, podUid }) => until !== undefined && Date.parse(until) < before && !folded.has(podUid)),
    ]),
  );
}

/** The rows that an earlier build has not stored for good. */
export function rowsSince(ledger: WorkloadLedger, since: Instant): WorkloadLedger {
  return {
    from: ledger.from,
    terminations: ledger.terminations.filter(({ finishedAt }) => Date.parse(finishedAt) >= since),
    waits: ledger.waits.filter(({ from }) => Date.parse(from) >= since),
    rollouts: ledger.rollouts,
    podRuns: ledger.podRuns.filter(({ until }) => until === undefined || Date.parse(until) >= since),
  };
}
