import { watchedResources, type WatchedResource } from '../watch/watched-resources.ts';

/**
 * A part of a cluster: the pods of one node, or everything that is on no node (owners, nodes, all events, and pods that wait to
 * be scheduled). The two together see what one collector of the whole cluster sees.
 */
export type Shard = { readonly kind: 'node'; readonly name: string } | { readonly kind: 'unscheduled' };

export interface Scope {
  /** Empty: the whole cluster. */
  readonly namespaces: readonly string[];
  /** Undefined: everything. */
  readonly shard?: Shard;
  /** Default: yes, where the whole cluster is watched. */
  readonly nodes?: boolean;
}

/** What is listed and watched. A node's shard asks for the owners of its pods one by one: each would watch all of them. */
export function resourcesIn({ namespaces, shard, nodes = true }: Scope): readonly WatchedResource[] {
  return watchedResources.filter(({ plural, namespaced }) => {
    if (shard?.kind === 'node') return plural === 'pods' || plural === 'events';
    // Nodes belong to no namespace: whoever may see only some namespaces may not see them.
    return namespaced || (nodes && namespaces.length === 0);
  });
}

/** The API's own filter for a shard. Events cannot be selected by node. */
export function fieldSelectorOf(shard: Shard | undefined, { plural }: WatchedResource): string | undefined {
  if (shard === undefined) return undefined;
  if (plural === 'pods') return shard.kind === 'node' ? `spec.nodeName=${shard.name}` : 'spec.nodeName=';
  return plural === 'events' && shard.kind === 'node' ? 'involvedObject.kind=Pod' : undefined;
}
