import type { EvidenceId } from '../evidence/evidence-id.ts';
import { second, type Instant } from '../time/instant.ts';
import type { Death } from './container-history.ts';
import type { PodHistory } from './pod-history.ts';

/** When the kubelet told an instance to stop because of a probe, where its event of that moment was seen: the end comes a grace period later. */
export function toldToStop(
  pod: PodHistory,
  { status, startedAt, end }: Death,
): { readonly at: Instant; readonly evidence: EvidenceId } | undefined {
  const from = (startedAt ?? end.finishedAt) - second;
  for (const { event, killing } of pod.kills) {
    if (killing.why !== 'probe' || killing.container !== status.name) continue;
    const at = event.occurrences.findLast((occurrence) => occurrence >= from && occurrence <= end.finishedAt);
    if (at !== undefined) return { at, evidence: event.evidence };
  }
  return undefined;
}
