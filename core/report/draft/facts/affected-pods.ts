import { decidingContainers } from '../../../history/pod-facts.ts';
import type { PodHistory } from '../../../history/pod-history.ts';
import type { WorkloadHistory } from '../../../history/workload-history.ts';
import type { BuiltIncident } from '../../../incident/build-incidents.ts';
import type { Instant } from '../../../time/instant.ts';

/** Pods in which something of the incident happened, oldest first. */
export function affectedPods({ workload, group }: BuiltIncident): readonly PodHistory[] {
  const uids = new Set(group.signs.map((sign) => sign.podUid));
  return workload.pods.filter((pod) => uids.has(pod.uid));
}

/** Pods that existed at some moment of a span. */
export function podsIn({ pods }: WorkloadHistory, { from, to }: { readonly from: Instant; readonly to: Instant }): readonly PodHistory[] {
  return pods.filter((pod) => pod.createdAt <= to && (pod.goneAt ?? Infinity) >= from);
}

/** As restartCount tells, whether or not each end was seen. */
export function restartsOf(pods: readonly PodHistory[]): number {
  return pods.flatMap(decidingContainers).reduce((sum, { status }) => sum + (status.restartCount ?? 0), 0);
}
