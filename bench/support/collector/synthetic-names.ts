/** Where a pod of the synthetic cluster stands in its life. */
export type PodStage = 'created' | 'scheduled' | 'creating' | 'running' | 'ready' | 'deleting' | 'ended' | 'deleted';

export interface PodPlace {
  /** Number of the pod's slot; ten slots share a Deployment. */
  readonly slot: number;
  /** How often the slot's Deployment was rolled out. */
  readonly generation: number;
  readonly stage: PodStage;
  readonly resourceVersion: string;
  /** How often it was annotated; default 0. */
  readonly touches?: number;
}

export const containerNames = ['app', 'proxy', 'exporter'];
const epoch = Date.parse('2026-11-22T12:00:00Z');

export const namespaceCount = 50;

/** The slots whose pods are in namespace `team-<number>`. */
export function slotsOf(namespace: number, pods: number): number[] {
  return Array.from({ length: pods }, (_, slot) => slot).filter((slot) => Math.floor(slot / 10) % namespaceCount === namespace);
}

export interface PodNames {
  readonly name: string;
  readonly namespace: string;
  readonly deployment: string;
  readonly replicaSet: string;
  readonly hash: string;
}

export function podNames(slot: number, generation: number): PodNames {
  const deployment = `service-${Math.floor(slot / 10)}`;
  const hash = hexOf(`${deployment} ${generation}`, 10);
  const replicaSet = `${deployment}-${hash}`;
  return {
    name: `${replicaSet}-${hexOf(`${slot} ${generation}`, 5)}`,
    namespace: `team-${Math.floor(slot / 10) % namespaceCount}`,
    deployment,
    replicaSet,
    hash,
  };
}

export function imageOf(container: string, tag: string): string {
  return `registry.example.com/platform/${container}:${tag}`;
}

/** Seconds after the creation of a pod. */
export function at(second: number): string {
  return `${new Date(epoch + second * 1000).toISOString().slice(0, 19)}Z`;
}

export function uidOf(kind: string, number: number, generation: number): string {
  const hex = hexOf(`${kind} ${number} ${generation}`, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Digits that look random and are not: 31-bit mixing is enough for names. */
export function hexOf(seed: string, length: number): string {
  let state = 2_166_136_261;
  for (let index = 0; index < seed.length; index += 1) state = Math.imul(state ^ seed.charCodeAt(index), 16_777_619);
  let text = '';
  while (text.length < length) {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e37_79b9;
    text += (state >>> 0).toString(16).padStart(8, '0');
  }
  return text.slice(0, length);
}
