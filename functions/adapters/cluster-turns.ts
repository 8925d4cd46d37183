/** What waits for its turn; clusters take turns, and within a cluster the oldest is first. */
export interface ClusterTurns<T> {
  /** @param id `<cluster>/…`; what waits already keeps its place */
  add(id: string, value: T): void;
  /** Removes the next ones: a storm of one cluster takes one place in each round. */
  take(max: number): readonly (readonly [id: string, value: T])[];
  waitingOf(cluster: string): number;
  readonly size: number;
}

/**
 * No cluster name has a slash, so the part of an id before the first one is the cluster.
 *
 * @param combine what waits and is added again; by default it stays as it was
 */
export function createClusterTurns<T>(combine: (waiting: T, added: T) => T = (waiting) => waiting): ClusterTurns<T> {
  const clusters = new Map<string, Map<string, T>>();
  let size = 0;

  function takeOne(): readonly [string, T] | undefined {
    const [turn] = clusters;
    if (turn === undefined) return undefined;
    const [cluster, items] = turn;
    clusters.delete(cluster);
    const [next] = items;
    if (next === undefined) return undefined;
    items.delete(next[0]);
    // Behind all others, since a Map keeps the order of insertion.
    if (items.size > 0) clusters.set(cluster, items);
    size -= 1;
    return next;
  }

  return {
    add(id, value) {
      const [cluster = ''] = id.split('/', 1);
      const items = clusters.get(cluster) ?? new Map<string, T>();
      const waiting = items.get(id);
      if (waiting === undefined) size += 1;
      items.set(id, waiting === undefined ? value : combine(waiting, value));
      clusters.set(cluster, items);
    },
    take(max) {
      const taken: (readonly [string, T])[] = [];
      for (let next = takeOne(); next !== undefined; next = taken.length < max ? takeOne() : undefined) taken.push(next);
      return taken;
    },
    waitingOf: (cluster) => clusters.get(cluster)?.size ?? 0,
    get size() {
      return size;
    },
  };
}
