import { instantOf, type Instant } from '../time/instant.ts';
import type { Condition } from '../wire/pod.ts';
import type { OwnerHistory, OwnerState } from './owner-history.ts';
import type { PodHistory } from './pod-history.ts';
import type { WorkloadHistory } from './workload-history.ts';

/** The Jobs of a workload: itself, or those a CronJob or a custom controller makes. */
export function jobsOf(workload: WorkloadHistory): readonly OwnerHistory[] {
  return [...(workload.top === undefined ? [] : [workload.top]), ...workload.owners].filter((owner) => owner.kind === 'Job');
}

/** Pods that a controller made, by uid: names come again. */
export function podsOf(workload: WorkloadHistory, owner: OwnerHistory): readonly PodHistory[] {
  return workload.pods.filter((pod) =>
    pod.latest.workload.chain.some((link) =>
      link.uid === undefined ? link.kind === owner.kind && link.name === owner.name : link.uid === owner.uid,
    ),
  );
}

/** How a Job came to its end. */
export interface JobOutcome {
  readonly condition: Condition;
  /** When its controller decided. */
  readonly at: Instant;
  /** The first state that shows it. */
  readonly state: OwnerState;
}

/** Why a Job failed. `FailureTarget` comes first, while its pods are still being stopped. */
export function jobFailure(job: OwnerHistory): JobOutcome | undefined {
  return outcomeOf(job, ['FailureTarget', 'Failed']);
}

export function jobSuccess(job: OwnerHistory): JobOutcome | undefined {
  return outcomeOf(job, ['Complete']);
}

function outcomeOf(job: OwnerHistory, types: readonly string[]): JobOutcome | undefined {
  for (const state of job.states) {
    const condition = state.record.conditions?.find((item) => types.includes(item.type) && item.status === 'True');
    if (condition !== undefined) return { condition, at: instantOf(condition.lastTransitionTime) ?? state.at, state };
  }
  return undefined;
}
