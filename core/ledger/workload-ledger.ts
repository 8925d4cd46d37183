import type { ImageRun } from './image-run.ts';
import type { RolloutRecord } from './rollout-record.ts';
import type { Termination } from './termination.ts';
import type { Wait } from './wait.ts';

/** What is kept of a workload when its raw observations are gone. */
export interface WorkloadLedger {
  readonly terminations: readonly Termination[];
  readonly waits: readonly Wait[];
  /** Oldest first; one row for each container of a revision. */
  readonly rollouts: readonly RolloutRecord[];
  readonly imageRuns: readonly ImageRun[];
  /** Time pods of the workload lived, by container, image and UTC day. */
  readonly replicaDays: readonly ReplicaDay[];
}

export interface ReplicaDay {
  readonly container: string;
  readonly imageRef: string;
  readonly digest?: string;
  /** Epoch milliseconds of its beginning. */
  readonly day: number;
  /** Sum over the pods. */
  readonly seconds: number;
}
