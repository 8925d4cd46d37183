import type { ReadScope } from './read-scope.ts';

/** A query narrowed to what its reader may see; undefined when it asks for another cluster than that. */
export function narrowScope<Query extends { readonly cluster?: string }>(scope: ReadScope, query: Query): Query | undefined {
  if (scope.cluster === undefined) return query;
  return query.cluster === undefined || query.cluster === scope.cluster ? { ...query, cluster: scope.cluster } : undefined;
}
