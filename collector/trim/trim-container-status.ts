import type { ContainerState, Terminated } from '#core/wire/container.ts';
import { compact, type Compact } from './compact.ts';
import { count, flag, integer, isObject, time, word, type Json } from './read-field.ts';
import { trimResources } from './trim-resources.ts';

export type ContainerStatusFields = Compact<ReturnType<typeof statusFields>>;

/** What the kubelet reports of a container; `statusIndex` is its place in its own list of the status. */
export function trimContainerStatus(raw: Json, statusIndex: number): ContainerStatusFields {
  return compact(statusFields(raw, statusIndex));
}

function statusFields(raw: Json, statusIndex: number) {
  return {
    imageID: word(raw.imageID, 1024),
    statusIndex,
    containerID: word(raw.containerID, 256),
    ready: flag(raw.ready),
    started: flag(raw.started),
    restartCount: count(raw.restartCount),
    state: trimState(raw.state),
    lastState: trimState(raw.lastState),
    resourcesInForce: trimResources(raw.resources),
  };
}

/** Undefined for `{}`, as `lastState` is before the first restart. */
function trimState(value: unknown): ContainerState | undefined {
  if (!isObject(value)) return undefined;
  const { waiting, running, terminated } = value;
  if (isObject(waiting)) return { waiting: compact({ reason: word(waiting.reason, 1024), message: word(waiting.message, 16_384) }) };
  if (isObject(running)) return { running: compact({ startedAt: time(running.startedAt) }) };
  const death = isObject(terminated) ? trimTerminated(terminated) : undefined;
  return death === undefined ? undefined : { terminated: death };
}

function trimTerminated(raw: Json): Terminated | undefined {
  const exitCode = integer(raw.exitCode, -2_147_483_648, 4_294_967_295);
  if (exitCode === undefined) return undefined;
  return compact({
    exitCode,
    reason: word(raw.reason, 1024),
    message: word(raw.message, 16_384),
    startedAt: time(raw.startedAt),
    finishedAt: time(raw.finishedAt),
    containerID: word(raw.containerID, 256),
  });
}
