import type { EvidenceId } from '../../evidence/evidence-id.ts';
import type { WorkloadHistory } from '../../history/workload-history.ts';
import type { Instant } from '../../time/instant.ts';

/** The record whose time this is: health and ends are computed at times of pod or controller states. */
export function evidenceAt({ pods, top, owners }: WorkloadHistory, at: Instant): EvidenceId | undefined {
  for (const object of [...pods, ...(top === undefined ? [] : [top]), ...owners]) {
    const state = object.states.find((item) => item.at === at);
    if (state !== undefined) return state.evidence;
  }
  return pods.find((pod) => pod.deletionRequestedAt === at)?.states.find((state) => state.record.deletionTimestamp !== undefined)?.evidence;
}

/** The newest record of a pod or of the controller at a moment: what was true then, as far as anybody saw. */
export function evidenceInForce({ pods, top }: WorkloadHistory, at: Instant): EvidenceId | undefined {
  const newest = [...pods, ...(top === undefined ? [] : [top])].flatMap(
    (object) => object.states.findLast((state) => state.at <= at) ?? [],
  );
  return newest.toSorted((a, b) => a.at - b.at || (a.evidence < b.evidence ? -1 : 1)).at(-1)?.evidence;
}
