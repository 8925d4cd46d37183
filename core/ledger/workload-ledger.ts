import type { FoldStep } from '../fold/fold.ts';
import type { PodRun } from './pod-run.ts';
import type { RolloutRecord } from './rollout-record.ts';
import type { Termination } from './termination.ts';
import type { Wait } from './wait.ts';

/** What is kept of a workload when its raw observations are gone. Every list is in order of time. */
export interface WorkloadLedger {
  /** Time of the oldest record it was made from, epoch milliseconds: what was seen before stays as it was stored. */
  readonly from: number;
  readonly terminations: readonly Termination[];
  readonly waits: readonly Wait[];
  /** One row for each container of a revision. */
  readonly rollouts: readonly RolloutRecord[];
  readonly podRuns: readonly PodRun[];
  /** Absent: rows of all times, and the next build reads everything. */
  readonly fold?: FoldStep;
}
