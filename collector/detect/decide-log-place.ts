import type { ContainerStatus } from '#core/wire/container.ts';

/**
 * Where the log API keeps the log of a container instance: `previous=true` always means the instance of
 * `lastState.terminated`, `previous=false` the one that runs or ended last. `gone` when the status shows the instance no more.
 */
export type LogPlace = { readonly kind: 'here'; readonly previous: boolean; readonly running: boolean } | { readonly kind: 'gone' };

export function decideLogPlace(container: ContainerStatus | undefined, containerID: string): LogPlace {
  if (container?.state?.terminated?.containerID === containerID) return { kind: 'here', previous: false, running: false };
  if (container?.lastState?.terminated?.containerID === containerID) return { kind: 'here', previous: true, running: false };
  const runs = container?.state?.running !== undefined && container.containerID === containerID;
  return runs ? { kind: 'here', previous: false, running: true } : { kind: 'gone' };
}
