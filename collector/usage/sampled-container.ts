import { parseQuantity } from '#core/rules/quantity.ts';
import type { ContainerStatus } from '#core/wire/container.ts';
import type { Draft } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';

/** A running container with a memory limit. Times in seconds since 1970. */
export interface SampledContainer {
  readonly name: string;
  /** Names this container in the log of samples, over its restarts; never given again. */
  readonly slot: number;
  readonly limitKibibytes: number;
  readonly startedAt: number;
  /** Of the last sample that was taken. */
  lastAt: number;
}

/** Undefined where there is nothing to sample, or nothing to compare it with; `known` is what is known of it so far. */
export function sampledContainer(
  container: ContainerStatus,
  pod: Draft<PodObservation>,
  known: Pick<SampledContainer, 'slot' | 'startedAt' | 'lastAt'>,
): SampledContainer | undefined {
  const limitKibibytes = limitOf(container, pod);
  if (limitKibibytes === undefined || container.state?.running === undefined) return undefined;
  const startedAt = secondOf(container.state.running.startedAt) ?? known.startedAt;
  return { name: container.name, slot: known.slot, limitKibibytes, startedAt, lastAt: known.lastAt };
}

/** What the kernel enforces: after a resize not what the spec asks for, and where a container has none, the pod's. */
function limitOf({ resourcesInForce, resources }: ContainerStatus, pod: Draft<PodObservation>): number | undefined {
  const limit = resourcesInForce?.limits?.['memory'] ?? resources?.limits?.['memory'] ?? pod.resources?.limits?.['memory'];
  const bytes = limit === undefined ? undefined : parseQuantity(limit);
  return bytes === undefined || bytes < 1024 ? undefined : bytes / 1024;
}

export function secondOf(time: string | undefined): number | undefined {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000);
}
