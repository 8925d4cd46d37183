import { completePod } from './complete-pod.ts';
import { withPlainTimes } from './known-times.ts';
import { isObject, type RawObject } from './read-objects.ts';

/**
 * Fills in what an API server always sends and a hand-kept file may lack: uid, resourceVersion, namespace, creation time.
 * Names stand in for uids, which is enough within one namespace of one look at a cluster.
 *
 * @param createdAt RFC 3339, for an object that does not say itself when it was created
 */
export function completeObject(raw: RawObject, kind: string, createdAt: string): RawObject {
  const plain = withPlainTimes(raw);
  const object = isObject(plain) ? plain : raw;
  return completeMetadata(kind === 'Pod' ? completePod(object) : object, kind, createdAt);
}

/** What an object is whose kind was lost on the way, as in the items of a hand-made list. */
export function kindOf(raw: RawObject): string | undefined {
  if (typeof raw['kind'] === 'string' && raw['kind'] !== '') return raw['kind'];
  if (isObject(raw['involvedObject'])) return 'Event';
  return isObject(raw['spec']) && Array.isArray(raw['spec']['containers']) ? 'Pod' : undefined;
}

function completeMetadata(raw: RawObject, kind: string, createdAt: string): RawObject {
  const metadata = isObject(raw['metadata']) ? raw['metadata'] : {};
  const namespace = text(metadata['namespace']) ?? (clusterScoped.has(kind) ? undefined : 'default');
  const name = text(metadata['name']) ?? text(metadata['generateName']) ?? 'unnamed';
  const owners = Array.isArray(metadata['ownerReferences']) ? metadata['ownerReferences'] : undefined;
  return {
    ...raw,
    kind,
    metadata: {
      ...metadata,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      uid: text(metadata['uid']) ?? standInUid(kind, namespace, name),
      resourceVersion: text(metadata['resourceVersion']) ?? '1',
      creationTimestamp: text(metadata['creationTimestamp']) ?? createdAt,
      ...(owners === undefined ? {} : { ownerReferences: owners.filter(isObject).map((owner) => completeOwner(owner, namespace)) }),
    },
  };
}

const clusterScoped = new Set(['Node']);

function completeOwner(owner: RawObject, namespace: string | undefined): RawObject {
  const uid = text(owner['uid']) ?? standInUid(text(owner['kind']) ?? '', namespace, text(owner['name']) ?? '');
  // Old and hand-written files leave `controller` out; with one owner there is no doubt.
  return { ...owner, uid, controller: owner['controller'] ?? true };
}

function standInUid(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
