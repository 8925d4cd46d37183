import type { Stretch } from '../history/pod-facts.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { earliest, latest, type Instant } from '../time/instant.ts';

export interface Timing {
  readonly from: Instant;
  readonly lastAt: Instant;
  readonly until?: Instant;
  readonly overBy?: 'progress' | 'removal';
  readonly opensAt?: Instant;
}

/**
 * When a stretch of waiting began, was last seen, ended, and became an incident.
 *
 * @param began earlier than the first record, where an event or a condition proves it
 * @param patience milliseconds the stretch must last
 * @param secondTry a second failed attempt opens at once
 */
export function timeStretch(
  stretch: Stretch,
  workload: WorkloadHistory,
  { began, patience, secondTry }: { began?: Instant | undefined; patience: number; secondTry?: Instant | undefined },
): Timing {
  const from = earliest(stretch.from, began) ?? stretch.from;
  const end = stretch.until ?? workload.now;
  // In a single look nothing can be measured: what is already there counts as having lasted.
  const patient = workload.snapshot && stretch.fromFirstState ? from : from + patience <= end ? from + patience : undefined;
  const opensAt = earliest(patient, secondTry);
  const lastAt = latest(...stretch.spans.map((span) => span.from), from) ?? from;
  return {
    from,
    lastAt: stretch.until ?? latest(lastAt, secondTry) ?? lastAt,
    ...(stretch.until === undefined ? {} : { until: stretch.until, overBy: stretch.overBy }),
    ...(opensAt === undefined ? {} : { opensAt }),
  };
}
