import type { Draft } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import { findDeaths, type Death } from './find-deaths.ts';
import { rememberPod, type PodMemory } from './pod-memory.ts';

/** A container that began to run without being ready, or stopped being ready, with this state. */
export interface UnreadyStretch {
  readonly container: string;
  readonly containerID: string;
  readonly since: number;
}

export interface PodChange {
  /** Something that matters differs from the state before; only then is the state worth sending. */
  readonly changed: boolean;
  readonly deaths: readonly Death[];
  readonly unready: readonly UnreadyStretch[];
  readonly memory: PodMemory;
}

/** Compares a state, seen at `now` (epoch milliseconds), with what is remembered of the state before. */
export function decidePodChange(draft: Draft<PodObservation>, before: PodMemory | undefined, now: number): PodChange {
  const memory = rememberPod(draft, before, now);
  const deaths = draft.containers
    .flatMap(findDeaths)
    .filter((death) => before?.containers.get(death.container)?.dead.includes(death.containerID) !== true);
  const unready = [...memory.containers].flatMap(([container, { containerID, unreadySince }]) => {
    const begins = unreadySince !== undefined && !isSameStretch(before, container, { containerID, unreadySince });
    return begins && containerID !== undefined ? [{ container, containerID, since: unreadySince }] : [];
  });
  return { changed: draft.deleted === true || before?.hash !== memory.hash, deaths, unready, memory };
}

function isSameStretch(
  before: PodMemory | undefined,
  container: string,
  now: { readonly containerID: string | undefined; readonly unreadySince: number },
): boolean {
  const then = before?.containers.get(container);
  return then?.containerID === now.containerID && then?.unreadySince === now.unreadySince;
}
