import { conditionOf } from '../history/pod-facts.ts';
import type { PodHistory, PodState } from '../history/pod-history.ts';
import { earliest } from '../time/instant.ts';

export interface UnscheduledSpan {
  readonly states: readonly [PodState, ...PodState[]];
  readonly until?: number;
  /** How it was over: a node was found, or the pod was taken away. */
  readonly overBy?: 'progress' | 'removal';
}

/** The stretch in which the pod had no node because the scheduler found none; what a gate holds back is no business of its. */
export function unscheduledSpans(pod: PodHistory): readonly UnscheduledSpan[] {
  const waiting = pod.states.filter(
    (state) => isUnscheduled(state) && (pod.deletionRequestedAt === undefined || state.at < pod.deletionRequestedAt),
  );
  const [first, ...rest] = waiting;
  if (first === undefined) return [];
  const lastWaiting = waiting.at(-1) ?? first;
  const after = pod.states.find((state) => state.at >= lastWaiting.at && state !== lastWaiting && !isUnscheduled(state))?.at;
  const removed = earliest(pod.deletionRequestedAt, pod.goneAt);
  const until = earliest(after, removed);
  const overBy = until === removed ? 'removal' : 'progress';
  return [{ states: [first, ...rest], ...(until === undefined ? {} : { until, overBy }) }];
}

/**
 * Without any condition no scheduler has looked at it: it is down, or `schedulerName` names none that runs. What a kubelet
 * reports on has a node, whether or not its spec came with it.
 */
function isUnscheduled({ record }: PodState): boolean {
  if (record.node !== undefined) return false;
  const condition = conditionOf(record, 'PodScheduled');
  if (condition !== undefined) return condition.status === 'False' && condition.reason !== 'SchedulingGated';
  const reported = record.startTime !== undefined || record.containers.some(({ state }) => state !== undefined);
  return record.phase === 'Pending' && !reported;
}
