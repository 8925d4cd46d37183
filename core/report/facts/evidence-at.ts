import type { EvidenceId } from '../../evidence/evidence-id.ts';
import type { OwnerState } from '../../history/owner-history.ts';
import type { PodState } from '../../history/pod-history.ts';
import type { WorkloadHistory } from '../../history/workload-history.ts';
import type { Instant } from '../../time/instant.ts';
import { lastAt } from '../../time/last-at.ts';

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
  const inForce = [...pods, ...(top === undefined ? [] : [top])].flatMap(
    (object) => lastAt<PodState | OwnerState>(object.states, at) ?? [],
  );
  const newest = inForce.reduce((most, state) => Math.max(most, state.at), -Infinity);
  return inForce
    .filter((state) => state.at === newest)
    .map((state) => state.evidence)
    .toSorted()
    .at(-1);
}
