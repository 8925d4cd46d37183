import type { ContainerStatus } from '#core/wire/container.ts';
import type { EventObservation } from '#core/wire/event.ts';
import type { NodeObservation } from '#core/wire/node.ts';
import type { Draft } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import type { WorkloadObservation } from '#core/wire/workload.ts';
import type { ChangeType } from '../watch/resource-source.ts';
import type { Death } from './find-deaths.ts';

/** Waiting reasons on the way to a start. */
const onTheWay = new Set(['ContainerCreating', 'PodInitializing']);

/** True when the state carries a death or a failure, which must not wait for the next batch. */
export function isPodUrgent(draft: Draft<PodObservation>, deaths: readonly Death[]): boolean {
  return (
    deaths.some(({ terminated }) => terminated.exitCode !== 0 || terminated.reason !== 'Completed') ||
    draft.phase === 'Failed' ||
    draft.conditions.some(({ type, status }) => type === 'PodScheduled' && status === 'False') ||
    draft.containers.some(failsToStart)
  );
}

function failsToStart({ state }: ContainerStatus): boolean {
  const reason = state?.waiting?.reason;
  return reason !== undefined && !onTheWay.has(reason);
}

/** A warning is urgent when it first appears; its count may wait, for what a fleet pays is requests. */
export function isEventUrgent(draft: Draft<EventObservation>, type: ChangeType): boolean {
  return draft.type === 'Warning' && type === 'ADDED';
}

const failures = new Set(['Failed', 'FailureTarget', 'ReplicaFailure']);

export function isWorkloadUrgent(draft: Draft<WorkloadObservation>): boolean {
  return (draft.conditions ?? []).some(({ type, status }) => failures.has(type) && status === 'True');
}

export function isNodeUrgent(draft: Draft<NodeObservation>): boolean {
  return draft.conditions.some(({ type, status }) => type === 'Ready' && status !== 'True');
}
