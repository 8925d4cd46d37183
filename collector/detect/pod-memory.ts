import type { ContainerStatus } from '#core/wire/container.ts';
import type { Draft } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import { contentHash } from './content-hash.ts';
import { findDeaths } from './find-deaths.ts';

/** All that is kept of a container between two states of its pod. */
export interface ContainerMemory {
  readonly containerID?: string;
  readonly restartCount: number;
  /** containerIDs of the deaths the last state showed. */
  readonly dead: readonly string[];
  /** Since when this instance runs without being ready, epoch milliseconds; undefined when it is ready or does not run. */
  readonly unreadySince?: number;
}

/** All that is kept of a pod: never its content. */
export interface PodMemory {
  readonly namespace: string;
  readonly name: string;
  readonly hash: string;
  readonly containers: ReadonlyMap<string, ContainerMemory>;
}

/** What to keep of a state seen at `now` (epoch milliseconds), given what was kept before. */
export function rememberPod(draft: Draft<PodObservation>, before: PodMemory | undefined, now: number): PodMemory {
  const { namespace, name } = draft;
  const containers = new Map(
    draft.containers.map((container) => [container.name, remember(container, before?.containers.get(container.name), now)]),
  );
  return { namespace, name, hash: contentHash(draft), containers };
}

function remember(container: ContainerStatus, before: ContainerMemory | undefined, now: number): ContainerMemory {
  const unreadySince = unreadySinceOf(container, before, now);
  return {
    restartCount: container.restartCount ?? 0,
    dead: findDeaths(container).map((death) => death.containerID),
    ...(container.containerID !== undefined && { containerID: container.containerID }),
    ...(unreadySince !== undefined && { unreadySince }),
  };
}

/** An instance that starts is not ready from its start; one that was ready is not ready from now on. */
function unreadySinceOf(container: ContainerStatus, before: ContainerMemory | undefined, now: number): number | undefined {
  const { state, ready, containerID } = container;
  if (state?.running === undefined || ready === true || containerID === undefined) return undefined;
  const sameInstance = before?.containerID === containerID;
  if (sameInstance && before.unreadySince !== undefined) return before.unreadySince;
  const startedAt = Date.parse(state.running.startedAt ?? '');
  return sameInstance || Number.isNaN(startedAt) ? now : startedAt;
}
