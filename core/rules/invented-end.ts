import type { Terminated } from '../wire/container.ts';

const inventedReasons = new Set(['ContainerStatusUnknown', 'RestartingAllContainers', 'Unknown']);

/** Ends that nobody observed: the kubelet or the runtime made up the exit code, 137, 255 or -1. */
export function isInventedEnd({ reason = '', exitCode }: Terminated): boolean {
  return inventedReasons.has(reason) || (reason === '' && exitCode === -1);
}
