import type { EventRecord } from '../history/event-record.ts';
import type { Death } from '../history/container-history.ts';
import { memoryLimitOf } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { minute, type Instant } from '../time/instant.ts';
import { parseQuantity } from './quantity.ts';

/** From this share of its limit on a container may have been killed for memory without anybody saying so. */
const nearLimit = 0.9;

/** The limit that the kernel enforced: the container's own, else the pod's. */
export function limitInForce(pod: PodHistory, death: Death): string | undefined {
  return memoryLimitOf(death) ?? pod.latest.resources?.limits?.['memory'];
}

/** The node's own report of having run out of memory, near a moment. Its absence proves nothing: only the root cgroup is reported. */
export function systemOomNear(pod: PodHistory, workload: WorkloadHistory, at: Instant): EventRecord | undefined {
  return workload.nodeEvents.find(
    ({ record, occurrences }) =>
      record.reason === 'SystemOOM' &&
      record.involvedObject.name === pod.latest.node &&
      occurrences.some((occurrence) => Math.abs(occurrence - at) <= minute),
  );
}

/** The last memory sample of an attempt in its final minute, where it was close to the limit. */
export function usageNearLimit(
  pod: PodHistory,
  workload: WorkloadHistory,
  death: Death,
): { readonly bytes: number; readonly limit: string } | undefined {
  const limit = limitInForce(pod, death);
  const bytes = limit === undefined ? undefined : parseQuantity(limit);
  if (limit === undefined || bytes === undefined || death.containerID === undefined) return undefined;
  const { finishedAt } = death.end;
  const samples = workload.usage
    .filter((usage) => usage.containerID === death.containerID)
    .flatMap((usage) => usage.samples)
    .filter((sample) => Date.parse(sample.at) >= finishedAt - minute && Date.parse(sample.at) <= finishedAt);
  const peak = Math.max(0, ...samples.map((sample) => sample.bytes));
  return peak >= bytes * nearLimit ? { bytes: peak, limit } : undefined;
}
