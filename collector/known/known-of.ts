import type { PodMemory } from '../detect/pod-memory.ts';
import type { KnownPod } from './known-line.ts';

/** What of a pod's memory is worth knowing after a gap. */
export function knownOf({ namespace, name, containers }: PodMemory): KnownPod {
  const known = [...containers].map(
    ([container, { containerID, restartCount, dead }]) =>
      [container, { restartCount, hasEnded: containerID !== undefined && dead.includes(containerID) }] as const,
  );
  return { namespace, name, containers: new Map(known) };
}
