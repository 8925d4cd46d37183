/** Waiting batches; clusters take turns, and within a cluster the oldest is first. */
export interface ClusterTurns {
  /** @param attempts how often it was tried before; a batch that waits already keeps its place and number */
  add(batchId: string, attempts: number): void;
  /** Removes the next ones: a storm of one cluster takes one place in each round. */
  take(max: number): readonly (readonly [batchId: string, attempts: number])[];
  readonly size: number;
}

/** A batch id is `<cluster>/<digest>`, and no cluster name has a slash. */
export function createClusterTurns(): ClusterTurns {
  const clusters = new Map<string, Map<string, number>>();
  let size = 0;

  function takeOne(): readonly [string, number] | undefined {
    const [turn] = clusters;
    if (turn === undefined) return undefined;
    const [cluster, batches] = turn;
    clusters.delete(cluster);
    const [next] = batches;
    if (next === undefined) return undefined;
    batches.delete(next[0]);
    // Behind all others, since a Map keeps the order of insertion.
    if (batches.size > 0) clusters.set(cluster, batches);
    size -= 1;
    return next;
  }

  return {
    add(batchId, attempts) {
      const [cluster = ''] = batchId.split('/', 1);
      const batches = clusters.get(cluster) ?? new Map<string, number>();
      if (batches.has(batchId)) return;
      batches.set(batchId, attempts);
      clusters.set(cluster, batches);
      size += 1;
    },
    take(max) {
      const taken: (readonly [string, number])[] = [];
      for (let next = takeOne(); next !== undefined; next = taken.length < max ? takeOne() : undefined) taken.push(next);
      return taken;
    },
    get size() {
      return size;
    },
  };
}
