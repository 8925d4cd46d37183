/** One kind of object the collector lists and watches. */
export interface WatchedResource {
  readonly plural: string;
  readonly kind: string;
  /** `/api/v1` or `/apis/<group>/<version>`. */
  readonly root: string;
  readonly namespaced: boolean;
  /** Objects a page, which is held whole while it is trimmed: a pod is 17 KB on the wire, a template 8 KB, an event under one. */
  readonly pageSize: number;
  /** Members of the metadata that nothing of the collector reads: they are cut out before an object is parsed. */
  readonly unread: ReadonlySet<string>;
  /** Owners are listed before pods, so that the chain of a pod is known when it is first seen, and events after both. */
  readonly turn: 1 | 2 | 3;
}

const managed = new Set(['managedFields']);
/** Annotations are read of owners only. */
const managedAndAnnotations = new Set([...managed, 'annotations']);

function resource(root: string, plural: string, kind: string): WatchedResource {
  return {
    plural,
    kind,
    root,
    namespaced: plural !== 'nodes',
    pageSize: plural === 'pods' ? 50 : plural === 'events' ? 500 : 100,
    unread: plural === 'pods' ? managedAndAnnotations : managed,
    turn: plural === 'pods' ? 2 : plural === 'events' ? 3 : 1,
  };
}

export const watchedResources: readonly WatchedResource[] = [
  resource('/apis/apps/v1', 'deployments', 'Deployment'),
  resource('/apis/apps/v1', 'replicasets', 'ReplicaSet'),
  resource('/apis/apps/v1', 'statefulsets', 'StatefulSet'),
  resource('/apis/apps/v1', 'daemonsets', 'DaemonSet'),
  resource('/apis/batch/v1', 'jobs', 'Job'),
  resource('/apis/batch/v1', 'cronjobs', 'CronJob'),
  resource('/api/v1', 'nodes', 'Node'),
  resource('/api/v1', 'pods', 'Pod'),
  resource('/api/v1', 'events', 'Event'),
];

/** Path of the collection, in one namespace or in all of them. */
export function collectionPath(watched: WatchedResource, namespace?: string): string {
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${watched.root}${scope}/${watched.plural}`;
}

export function objectPath(watched: WatchedResource, namespace: string, name: string): string {
  return `${collectionPath(watched, namespace)}/${encodeURIComponent(name)}`;
}
