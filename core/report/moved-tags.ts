import type { EvidenceId } from '../evidence/evidence-id.ts';
import { imageOf } from '../history/pod-facts.ts';
import type { PodState } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { ContainerStatus } from '../wire/container.ts';

/** One reference by tag, with each digest that pods resolved it to and the first record of that. */
export interface TagUse {
  readonly ref: string;
  readonly digests: ReadonlyMap<string, EvidenceId>;
}

/** Both documents of an incident ask. Nothing but speed depends on it. */
const usesOf = new WeakMap<WorkloadHistory['pods'], readonly TagUse[]>();

/** What the tags of a workload's pods stood for. More than one digest: somebody pushed the tag again. */
export function tagUses({ pods }: WorkloadHistory): readonly TagUse[] {
  const known = usesOf.get(pods) ?? findUses(pods);
  usesOf.set(pods, known);
  return known;
}

function findUses(pods: WorkloadHistory['pods']): readonly TagUse[] {
  const uses = new Map<string, Map<string, EvidenceId>>();
  const seen = new Set<string>();
  const look = (status: ContainerStatus, state: PodState): void => {
    const name = `${status.image} ${status.imageID ?? ''}`;
    if (seen.has(name)) return;
    seen.add(name);
    const { ref, digest } = imageOf(status);
    if (digest === undefined || ref.includes('@')) return;
    const known = uses.get(ref) ?? new Map<string, EvidenceId>();
    if (!known.has(digest)) known.set(digest, state.evidence);
    uses.set(ref, known);
  };
  for (const { states } of pods) {
    let before: readonly ContainerStatus[] = [];
    for (const state of states) {
      const { containers } = state.record;
      for (const [position, status] of containers.entries()) {
        // Nearly every state runs what the one before it ran.
        const last = before[position];
        if (last?.imageID !== status.imageID || last?.image !== status.image) look(status, state);
      }
      before = containers;
    }
  }
  return [...uses].map(([ref, digests]) => ({ ref, digests }));
}
