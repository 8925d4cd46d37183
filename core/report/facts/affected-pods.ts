import type { PodHistory } from '../../history/pod-history.ts';
import type { WorkloadHistory } from '../../history/workload-history.ts';
import type { BuiltIncident } from '../../incident/build-incidents.ts';
import type { Instant } from '../../time/instant.ts';

/** Pods in which something of the incident happened, oldest first. */
export function affectedPods({ workload, group }: BuiltIncident): readonly PodHistory[] {
  const uids = new Set(group.signs.map((sign) => sign.podUid));
  return workload.pods.filter((pod) => uids.has(pod.uid));
}

/** Pods that existed at some moment of a span. */
export function podsIn({ pods }: WorkloadHistory, { from, to }: { readonly from: Instant; readonly to: Instant }): readonly PodHistory[] {
  return pods.filter((pod) => pod.createdAt <= to && (pod.goneAt ?? Infinity) >= from);
}

/** Restarts within a span as restartCount tells, whether or not each end was seen. */
export function restartsIn(pods: readonly PodHistory[], { from, to }: { readonly from: Instant; readonly to: Instant }): number {
  return pods.reduce((sum, pod) => sum + Math.max(0, restartCount(pod, to) - restartCount(pod, from - 1)), 0);
}

function restartCount(pod: PodHistory, at: Instant): number {
  const containers = pod.states.findLast((state) => state.at <= at)?.record.containers ?? [];
  return containers.filter(({ role }) => role !== 'ephemeral').reduce((sum, item) => sum + (item.restartCount ?? 0), 0);
}
