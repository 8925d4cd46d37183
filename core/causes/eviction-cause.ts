import { plainMessage } from './plain-message.ts';

export type EvictionCause =
  | 'evicted-memory'
  | 'evicted-ephemeral-storage'
  | 'evicted-emptydir-limit'
  | 'evicted-inodes'
  | 'evicted-pids'
  | 'evicted-disk';

/** A container that the kubelet names as an offender, with quantities as it writes them. */
export interface EvictedContainer {
  readonly name: string;
  readonly usage?: string;
  readonly request?: string;
}

export interface EvictionFinding {
  readonly cause: EvictionCause;
  /**
   * `admission`: refused by a node under pressure, the pod never ran there. `node-pressure`: the node ran short.
   * `own-limit`: the pod broke its own limit, whatever the node had left.
   */
  readonly kind: 'admission' | 'node-pressure' | 'own-limit';
  readonly matched: string;
  /** The first container named. */
  readonly container?: string;
  readonly containers: readonly EvictedContainer[];
  readonly volume?: string;
  readonly limit?: string;
}

const pressure = /\bThe node had condition: \[([^\]]{1,200})\]/;
const lowOnResource = /\bThe node was low on (?:resource: \[?([A-Za-z-]{1,40})\]?|(compute resources))/;
const podLimit = /Pod ephemeral local storage usage exceeds the total limit of containers ?([^\s.]{0,40})/;
const containerLimit = /Container (\S{1,253}) exceeded its local ephemeral storage limit "([^"]{1,40})"/;
const volumeLimit = /Usage of EmptyDir volume "([^"]{1,253})" exceeds the limit "([^"]{1,40})"/;
const offender =
  /Container (\S{1,253}) was using ([^\s,]{1,40}), (?:which exceeds its request of|request is) ([^\s,]{1,40}?)(?:[.,] |[.,]?$)/g;

/** Resources, pressure conditions and the oldest file-system names, as the kubelet writes them. */
const causeOfResource: Readonly<Record<string, EvictionCause>> = {
  memory: 'evicted-memory',
  MemoryPressure: 'evicted-memory',
  'ephemeral-storage': 'evicted-ephemeral-storage',
  inodes: 'evicted-inodes',
  pids: 'evicted-pids',
  PIDPressure: 'evicted-pids',
  DiskPressure: 'evicted-disk',
  nodefs: 'evicted-disk',
  imagefs: 'evicted-disk',
};

function offenders(text: string): readonly EvictedContainer[] {
  return [...text.matchAll(offender)].map(([, name = '', usage = '', request = '']) => ({ name, usage, request }));
}

function ownLimit(text: string): EvictionFinding | undefined {
  const volume = volumeLimit.exec(text);
  if (volume !== null) {
    const [matched, name = '', limit = ''] = volume;
    return { cause: 'evicted-emptydir-limit', kind: 'own-limit', matched, containers: [], volume: name, limit };
  }
  const container = containerLimit.exec(text);
  if (container !== null) {
    const [matched, name = '', limit = ''] = container;
    return { cause: 'evicted-ephemeral-storage', kind: 'own-limit', matched, container: name, containers: [{ name }], limit };
  }
  const pod = podLimit.exec(text);
  if (pod === null) return undefined;
  const [matched, limit = ''] = pod;
  return { cause: 'evicted-ephemeral-storage', kind: 'own-limit', matched, containers: [], ...(limit !== '' && { limit }) };
}

/** Which of the three things an `Evicted` pod met; only its message tells. */
export function evictionCause(message: string): EvictionFinding | undefined {
  const text = plainMessage(message).trim();
  const own = ownLimit(text);
  if (own !== undefined) return own;
  const refused = pressure.exec(text);
  if (refused !== null) {
    const [matched, conditions = ''] = refused;
    const cause = conditions.split(/[ ,]{1,2}/).flatMap((condition) => causeOfResource[condition] ?? [])[0];
    return cause === undefined ? undefined : { cause, kind: 'admission', matched, containers: [] };
  }
  const low = lowOnResource.exec(text);
  const cause = causeOfResource[low?.[1] ?? ''];
  if (low === null || cause === undefined) return undefined;
  const containers = offenders(text);
  const [first] = containers;
  return { cause, kind: 'node-pressure', matched: low[0], containers, ...(first !== undefined && { container: first.name }) };
}
