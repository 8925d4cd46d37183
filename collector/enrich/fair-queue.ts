import type { LogRequest } from './log-request.ts';

/** Requests that wait: first deaths before repeated ones before running containers, and within that the namespaces in turns. */
export interface FairQueue {
  /** Takes one in; returns the one that gives way when the queue is full, perhaps the same. */
  add(request: LogRequest): LogRequest | undefined;
  next(): LogRequest | undefined;
  size(): number;
}

type Urgency = 0 | 1 | 2;
const urgencies: readonly Urgency[] = [0, 1, 2];

/** The first instances of a pod's container say what is wrong; the fiftieth says it again. */
export function urgencyOf(request: LogRequest): Urgency {
  if (request.purpose === 'current') return 2;
  return request.attempt <= 1 ? 0 : 1;
}

export function createFairQueue(bound: number): FairQueue {
  const lanes: readonly Map<string, LogRequest[]>[] = urgencies.map(() => new Map());
  let size = 0;

  function push(request: LogRequest): void {
    const lane = lanes[urgencyOf(request)];
    const waiting = lane?.get(request.namespace);
    if (waiting === undefined) lane?.set(request.namespace, [request]);
    else waiting.push(request);
    size += 1;
  }

  /** The newest of the least urgent, from the namespace that has most of them waiting. */
  function giveWay(): LogRequest | undefined {
    for (const lane of lanes.toReversed()) {
      const [longest] = [...lane].toSorted(([, a], [, b]) => b.length - a.length);
      if (longest === undefined) continue;
      const [namespace, waiting] = longest;
      const last = waiting.pop();
      if (waiting.length === 0) lane.delete(namespace);
      size -= 1;
      return last;
    }
    return undefined;
  }

  return {
    add(request) {
      push(request);
      return size > bound ? giveWay() : undefined;
    },
    next() {
      for (const lane of lanes) {
        const [turn] = lane;
        if (turn === undefined) continue;
        const [namespace, waiting] = turn;
        const first = waiting.shift();
        // To the end of the round: a map keeps the order in which its keys came.
        lane.delete(namespace);
        if (waiting.length > 0) lane.set(namespace, waiting);
        size -= 1;
        return first;
      }
      return undefined;
    },
    size: () => size,
  };
}
