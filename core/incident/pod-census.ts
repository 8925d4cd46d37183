import { conditionOf } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { Instant } from '../time/instant.ts';
import type { PodObservation } from '../wire/pod.ts';

/** How many pods there are of which something is still expected, and how many of them are ready. */
export interface Census {
  readonly alive: number;
  readonly ready: number;
}

/**
 * The census from each of its changes on, in time order, in one pass over all states: workloads have many pods, and pods many states,
 * nearly all of which change nothing here.
 */
export function podCensus(pods: readonly PodHistory[]): readonly (Census & { readonly at: Instant })[] {
  const changes = pods.flatMap(changesOf).toSorted((a, b) => a.at - b.at);
  let [alive, ready] = [0, 0];
  return changes.map((change) => {
    alive += change.alive;
    ready += change.ready;
    return { at: change.at, alive, ready };
  });
}

/** What changes with one pod, and when; it counts for nothing any more once its deletion was asked for. */
function changesOf({ states, deletionRequestedAt = Infinity }: PodHistory): readonly (Census & { readonly at: Instant })[] {
  const changes: (Census & { readonly at: Instant })[] = [];
  let before: Census = { alive: 0, ready: 0 };
  const change = (at: Instant, alive: number, ready: number): void => {
    if (alive === before.alive && ready === before.ready) return;
    changes.push({ at, alive: alive - before.alive, ready: ready - before.ready });
    before = { alive, ready };
  };
  for (const { at, record } of states) {
    if (at >= deletionRequestedAt) break;
    const alive = record.deleted !== true && record.phase !== 'Succeeded' && record.phase !== 'Failed';
    change(at, alive ? 1 : 0, alive && isReady(record) ? 1 : 0);
  }
  if (deletionRequestedAt !== Infinity) change(deletionRequestedAt, 0, 0);
  return changes;
}

/** Of a pod that came without its conditions the containers tell. */
function isReady({ conditions, containers }: PodObservation): boolean {
  const ready = conditionOf({ conditions }, 'Ready')?.status;
  if (ready !== undefined) return ready === 'True';
  const apps = containers.filter((container) => container.role === 'app');
  return apps.length > 0 && apps.every((container) => container.ready === true);
}
