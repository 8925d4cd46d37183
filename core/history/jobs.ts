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
  const index = podsByOwner.get(workload) ?? indexPods(workload);
  podsByOwner.set(workload, index);
  const [byUid = [], byName = []] = [index.get(owner.uid), index.get(nameOf(owner))];
  return byName.length === 0 ? byUid : workload.pods.filter((pod) => byUid.includes(pod) || byName.includes(pod));
}

/** A CronJob has thousands of Jobs, each with pods of its own. */
const podsByOwner = new WeakMap<WorkloadHistory, ReadonlyMap<string, readonly PodHistory[]>>();

function indexPods({ pods }: WorkloadHistory): ReadonlyMap<string, readonly PodHistory[]> {
  const index = new Map<string, PodHistory[]>();
  for (const pod of pods) {
    for (const owner of new Set(pod.latest.workload.chain.map((link) => link.uid ?? nameOf(link)))) {
      const known = index.get(owner);
      if (known === undefined) index.set(owner, [pod]);
      else known.push(pod);
    }
  }
  return index;
}

/** No uid has a slash. */
function nameOf({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind}/${name}`;
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

/** When it was over for a Job that failed: its pods have been stopped by then. */
export function jobEnd(job: OwnerHistory): JobOutcome | undefined {
  return outcomeOf(job, ['Failed']) ?? jobFailure(job);
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
