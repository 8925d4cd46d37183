import type { EvidenceId } from '../../../evidence/evidence-id.ts';
import type { WorkloadHistory } from '../../../history/workload-history.ts';
import type { Instant } from '../../../time/instant.ts';

/** The record whose time this is: health and ends are computed at times of pod or controller states. */
export function evidenceAt({ pods, top, owners }: WorkloadHistory, at: Instant): EvidenceId | undefined {
  for (const object of [...pods, ...(top === undefined ? [] : [top]), ...owners]) {
    const state = object.states.find((item) => item.at === at);
    if (state !== undefined) return state.evidence;
  }
  return pods.find((pod) => pod.deletionRequestedAt === at)?.states.find((state) => state.record.deletionTimestamp !== undefined)?.evidence;
}
