import type { EvidenceId } from '../evidence/evidence-id.ts';
import { imageOf } from '../history/pod-facts.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';

/** One reference by tag, with each digest that pods resolved it to and the first record of that. */
export interface TagUse {
  readonly ref: string;
  readonly digests: ReadonlyMap<string, EvidenceId>;
}

/** What the tags of a workload's pods stood for. More than one digest: somebody pushed the tag again. */
export function tagUses({ pods }: WorkloadHistory): readonly TagUse[] {
  const uses = new Map<string, Map<string, EvidenceId>>();
  const seen = new Set<string>();
  for (const { states } of pods) {
    for (const [index, state] of states.entries()) {
      const before = states[index - 1]?.record.containers;
      for (const [position, status] of state.record.containers.entries()) {
        // Nearly every state runs what the one before it ran.
        if (before?.[position]?.image === status.image && before[position].imageID === status.imageID) continue;
        const name = `${status.image} ${status.imageID ?? ''}`;
        if (seen.has(name)) continue;
        seen.add(name);
        const { ref, digest } = imageOf(status);
        if (digest === undefined || ref.includes('@')) continue;
        const known = uses.get(ref) ?? new Map<string, EvidenceId>();
        if (!known.has(digest)) known.set(digest, state.evidence);
        uses.set(ref, known);
      }
    }
  }
  return [...uses].map(([ref, digests]) => ({ ref, digests }));
}
