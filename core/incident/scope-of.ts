import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { SignGroup } from './group-signs.ts';
import type { ScopeFact } from './incident.ts';
import { newRevisionOnly } from './new-revision-only.ts';
import { oneNode, type PlacedPod } from './one-node.ts';

/** What stands out among the pods of one workload while it failed. */
export function scopeOf(workload: WorkloadHistory, { signs, onsetAt }: Pick<SignGroup, 'signs' | 'onsetAt'>): readonly ScopeFact[] {
  const failing = new Set(signs.flatMap((sign) => sign.podUid ?? []));
  const placed = workload.pods.filter((pod) => livedAt(pod, onsetAt)).flatMap((pod) => placedPod(pod, failing.has(pod.uid)));
  return [newRevisionOnly(workload.pods, failing, onsetAt), oneNode(placed)].filter((fact) => fact !== undefined);
}

export function placedPod({ latest, states }: PodHistory, fails: boolean): readonly PlacedPod[] {
  const newest = states.at(-1);
  return latest.node === undefined || newest === undefined ? [] : [{ node: latest.node, fails, state: newest }];
}

function livedAt({ deletionRequestedAt = Infinity, goneAt = Infinity }: PodHistory, at: number): boolean {
  return Math.min(deletionRequestedAt, goneAt) >= at;
}
