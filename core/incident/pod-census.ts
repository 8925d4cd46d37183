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
 * The census at each of these times, in one pass over all states: workloads have many pods, and pods many states.
 *
 * @param times in order
 */
export function podCensus(pods: readonly PodHistory[], times: readonly Instant[]): ReadonlyMap<Instant, Census> {
  const changes = new Map<Instant, Census>();
  for (const pod of pods) {
    let before: Census = { alive: 0, ready: 0 };
    for (const { at, alive, ready } of countsOf(pod)) {
      const sum = changes.get(at) ?? { alive: 0, ready: 0 };
      changes.set(at, { alive: sum.alive + alive - before.alive, ready: sum.ready + ready - before.ready });
      before = { alive, ready };
    }
  }
  let now: Census = { alive: 0, ready: 0 };
  return new Map(
    times.map((at) => {
      const change = changes.get(at);
      if (change !== undefined) now = { alive: now.alive + change.alive, ready: now.ready + change.ready };
      return [at, now];
    }),
  );
}

/** What one pod counts for from each of its changes on; nothing any more once its deletion was asked for. */
function countsOf({ states, deletionRequestedAt = Infinity }: PodHistory): readonly (Census & { readonly at: Instant })[] {
  const counts = states
    .filter((state) => state.at < deletionRequestedAt)
    .map(({ at, record }) => {
      const alive = record.deleted !== true && record.phase !== 'Succeeded' && record.phase !== 'Failed';
      return { at, alive: alive ? 1 : 0, ready: alive && isReady(record) ? 1 : 0 };
    });
  return deletionRequestedAt === Infinity ? counts : [...counts, { at: deletionRequestedAt, alive: 0, ready: 0 }];
}

/** Of a pod that came without its conditions the containers tell. */
function isReady({ conditions, containers }: PodObservation): boolean {
  const ready = conditionOf({ conditions }, 'Ready')?.status;
  if (ready !== undefined) return ready === 'True';
  const apps = containers.filter((container) => container.role === 'app');
  return apps.length > 0 && apps.every((container) => container.ready === true);
}
