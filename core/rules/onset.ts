import type { PodHistory } from '../history/pod-history.ts';
import type { Stretch } from '../history/stretch.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { earliest, latest, type Instant } from '../time/instant.ts';

export interface Timing {
  readonly from: Instant;
  readonly lastAt: Instant;
  readonly until?: Instant;
  readonly overBy?: 'progress' | 'removal';
  readonly opensAt?: Instant;
}

/** What events tell of a stretch beside its states. */
interface Tries {
  /** Earlier than the first record, where an event or a condition proves it. */
  readonly began?: Instant | undefined;
  /** Milliseconds the stretch must last. */
  readonly patience: number;
  /** A second failed attempt opens at once. */
  readonly secondTry?: Instant | undefined;
  /** The newest one: a container that keeps failing in the same words changes no state. */
  readonly lastTry?: Instant | undefined;
}

/** When a stretch of waiting began, was last seen, ended, and became an incident. */
export function timeStretch(stretch: Stretch, workload: WorkloadHistory, { began, patience, secondTry, lastTry }: Tries): Timing {
  const from = earliest(stretch.from, began) ?? stretch.from;
  const end = stretch.until ?? workload.now;
  // In a single look nothing can be measured: what is already there counts as having lasted.
  // Else it is measured on one clock, the observer's: events carry the node's.
  const patient = workload.snapshot && stretch.fromFirstState ? from : stretch.from + patience <= end ? stretch.from + patience : undefined;
  const opensAt = earliest(patient, secondTry, stretch.failedAt);
  const lastAt = latest(...stretch.spans.map((span) => span.from), from) ?? from;
  return {
    from,
    lastAt: stretch.until ?? latest(lastAt, secondTry, lastTry) ?? lastAt,
    ...(stretch.until === undefined ? {} : { until: stretch.until, overBy: stretch.overBy }),
    ...(opensAt === undefined ? {} : { opensAt }),
  };
}

/**
 * When something that is normal for a while has lasted too long. In a single look in which nothing is newer than the pod
 * itself nothing can be measured, and it counts as having lasted.
 *
 * @param patience milliseconds that are normal
 */
export function opensAfter(
  workload: WorkloadHistory,
  pod: PodHistory,
  { from, until, patience }: { from: Instant; until?: Instant | undefined; patience: number },
): Instant | undefined {
  if ((until ?? workload.now) - from >= patience) return from + patience;
  const newest = pod.states.at(-1)?.at ?? from;
  return workload.snapshot && until === undefined && workload.now <= newest ? from : undefined;
}
