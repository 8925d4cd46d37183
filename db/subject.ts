import type { InvolvedObject } from '#core/wire/event.ts';
import type { Observation } from '#core/wire/observation.ts';

/** `Kind/namespace/name`; the namespace of cluster-wide objects is empty. */
export function nameKey(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

/**
 * What a record is about: a uid where one identifies the object, else a name key. Nodes and claims go by name, since that is
 * how pods refer to them, and since events about nodes carry no true uid.
 */
export function subjectOf(observation: Observation): string {
  switch (observation.kind) {
    case 'pod':
    case 'workload':
      return observation.uid;
    case 'log':
    case 'usage':
      return observation.podUid;
    case 'node':
      return nameKey('Node', '', observation.name);
    case 'event':
      return subjectOfEvent(observation.involvedObject, observation.namespace);
    case 'coverage':
      return coverageSubject(observation.namespace ?? '');
    default:
      return observation satisfies never;
  }
}

/** Notes about one namespace, or about the whole cluster when it is empty. */
export function coverageSubject(namespace: string): string {
  return nameKey('Coverage', namespace, '');
}

/** True for subjects that are found by name: a uid has no slash. */
export function isNameKey(subject: string): boolean {
  return subject.includes('/');
}

export function isNodeKey(subject: string): boolean {
  return subject.startsWith('Node//');
}

export function isClaimKey(subject: string): boolean {
  return subject.startsWith('PersistentVolumeClaim/');
}

function subjectOfEvent(object: InvolvedObject, eventNamespace: string): string {
  if (object.kind === 'Node') return nameKey('Node', '', object.name);
  const namespace = object.namespace ?? eventNamespace;
  if (object.kind === 'PersistentVolumeClaim' || object.uid === undefined || object.uid === '')
    return nameKey(object.kind, namespace, object.name);
  return object.uid;
}
