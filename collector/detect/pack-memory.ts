import type { ContainerMemory, PodMemory } from './pod-memory.ts';

type PackedContainer = readonly [
  name: string,
  restartCount: number,
  dead: readonly string[],
  containerID: string | 0,
  unreadySince: number,
];
type PackedPod = readonly [rawHash: string, namespace: string, name: string, hash: string, containers: readonly PackedContainer[]];

/**
 * A pod's memory as one text: of fifty thousand pods the objects would take three times the room.
 *
 * @param rawHash of the bytes that the memory was made from; empty when it is not known.
 */
export function packMemory({ namespace, name, hash, containers }: PodMemory, rawHash = ''): string {
  const packed: PackedPod = [
    rawHash,
    namespace,
    name,
    hash,
    [...containers].map(([of, { restartCount, dead, containerID, unreadySince }]) => [
      of,
      restartCount,
      dead,
      containerID ?? 0,
      unreadySince ?? 0,
    ]),
  ];
  return JSON.stringify(packed);
}

/** What `packMemory` was given. */
export function unpackMemory(text: string): PodMemory {
  const [, namespace, name, hash, containers]: PackedPod = JSON.parse(text);
  return { namespace, name, hash, containers: new Map(containers.map((packed) => [packed[0], unpackContainer(packed)])) };
}

function unpackContainer([, restartCount, dead, containerID, unreadySince]: PackedContainer): ContainerMemory {
  return { restartCount, dead, ...(containerID !== 0 && { containerID }), ...(unreadySince !== 0 && { unreadySince }) };
}

/** Whether a text of `packMemory` was made from bytes with this hash. */
export function isPackedFrom(text: string, rawHash: string): boolean {
  return text.startsWith(`["${rawHash}",`);
}
