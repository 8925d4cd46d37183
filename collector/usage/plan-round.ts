import type { SampledPod } from './sampled-pods.ts';

/** What is asked of the API in one round. */
export interface Round {
  /** Namespaces whose pods are asked for together. */
  readonly lists: readonly string[];
  /** Pods that are asked for one by one, those closest to their limits first. */
  readonly gets: readonly SampledPod[];
}

/** What may be asked, as far as it is known. */
export interface Ways {
  readonly list: (namespace: string) => boolean;
  readonly get: (namespace: string) => boolean;
  /** Pods of a namespace that are sampled at all. */
  readonly podsIn: (namespace: string) => number;
}

/** A request costs the API server (authentication, authorization, audit, the hop to metrics-server) about what so many entries of a list do. */
const entriesOfRequest = 20;
/** Ten requests a second, where nothing may be listed. */
export const mostGets = 150;

/**
 * The way that is lightest on the API server: the pods of a namespace in one list where many of them are due, and one by one
 * where only some are close to their limits. A list cannot be asked for in pages, nor for the pods of a node.
 */
export function planRound(due: readonly SampledPod[], ways: Ways): Round {
  const byNamespace = [...Map.groupBy(due, ({ namespace }) => namespace)];
  const isListed = (namespace: string, pods: readonly SampledPod[]): boolean =>
    ways.list(namespace) && (!ways.get(namespace) || (pods.length > 1 && pods.length * entriesOfRequest >= ways.podsIn(namespace)));
  const lists = byNamespace.flatMap(([namespace, pods]) => (isListed(namespace, pods) ? [namespace] : []));
  const gets = byNamespace.flatMap(([namespace, pods]) => (ways.get(namespace) && !lists.includes(namespace) ? pods : []));
  return { lists, gets: gets.toSorted((a, b) => b.share - a.share).slice(0, mostGets) };
}
