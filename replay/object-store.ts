import type { RecordedObject, WatchEntry } from './recording.ts';

/** What exists in the replayed cluster at the virtual moment, per resource plural. */
export interface ObjectStore {
  /**
   * Applies one watch line and returns what was there before. `unchanged`: the line repeats what is known
   * (a recorder that listed again), so no server would send it.
   */
  apply(entry: WatchEntry): { readonly previous?: RecordedObject; readonly unchanged: boolean };
  /** In the order of the API server, that of its keys `namespace/name`. */
  list(resource: string): readonly RecordedObject[];
  get(resource: string, namespace: string | undefined, name: string): RecordedObject | undefined;
}

export function createObjectStore(): ObjectStore {
  const resources = new Map<string, Map<string, RecordedObject>>();

  return {
    apply({ resource, type, object }) {
      if (type === 'BOOKMARK') return { unchanged: false };
      const objects = resources.get(resource) ?? new Map<string, RecordedObject>();
      resources.set(resource, objects);
      const key = keyOf(object.metadata.namespace, object.metadata.name ?? '');
      const previous = objects.get(key);
      if (type === 'DELETED') objects.delete(key);
      else objects.set(key, object);
      const unchanged = type === 'ADDED' && previous !== undefined && isSameState(previous, object);
      return { unchanged, ...(previous === undefined ? {} : { previous }) };
    },
    list: (resource) =>
      [...(resources.get(resource) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, object]) => object),
    get: (resource, namespace, name) => resources.get(resource)?.get(keyOf(namespace, name)),
  };
}

function keyOf(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function isSameState(a: RecordedObject, b: RecordedObject): boolean {
  return a.metadata.uid === b.metadata.uid && a.metadata.resourceVersion === b.metadata.resourceVersion;
}
