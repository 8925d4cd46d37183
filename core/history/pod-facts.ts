import type { Instant } from '../time/instant.ts';
import { earliest, second } from '../time/instant.ts';
import type { Image } from '../incident/incident.ts';
import { toImage } from '../incident/image.ts';
import type { ContainerStatus } from '../wire/container.ts';
import type { Condition } from '../wire/pod.ts';
import type { Attempt, ContainerHistory, ContainerSpan, Death } from './container-history.ts';
import type { EventRecord } from './event-record.ts';
import type { PodHistory } from './pod-history.ts';

/** Ephemeral containers (`kubectl debug`) never decide the fate of a pod. */
export function decidingContainers(pod: PodHistory): readonly ContainerHistory[] {
  return pod.containers.some(isEphemeral) ? pod.containers.filter((container) => !isEphemeral(container)) : pod.containers;
}

function isEphemeral({ role }: ContainerHistory): boolean {
  return role === 'ephemeral';
}

/** When a container was well again after a death: ready in a later instance, or its pod was asked to go, came to its end, or is gone. */
export function wellAgain(pod: PodHistory, container: ContainerHistory, death: Death): Instant | undefined {
  const after = death.end.finishedAt;
  const healed = container.spans.find(
    (span) => span.from >= after && isWell(container, span) && (span.status.containerID ?? '') !== (death.containerID ?? 'none'),
  );
  return earliest(...[healed?.from, pod.deletionRequestedAt, pod.goneAt, pod.terminalAt].filter((at) => at !== undefined && at >= after));
}

function isWell(container: ContainerHistory, span: ContainerSpan): boolean {
  if (container.role === 'init') return span.state === 'terminated' && span.status.state?.terminated?.exitCode === 0;
  return span.state === 'running' && span.ready;
}

/** `startup` or `running`, by whether the attempt passed a configured probe or, without one, lived ten seconds. */
export function phaseOfAttempt(attempt: Attempt): 'startup' | 'running' {
  const { startupProbe, readinessProbe } = attempt.status;
  if (attempt.passedProbe) return 'running';
  if (startupProbe !== undefined || readinessProbe !== undefined) return 'startup';
  const lived = livedFor(attempt);
  return lived !== undefined && lived >= 10 * second ? 'running' : 'startup';
}

/** Milliseconds between start and end, to the second; undefined when the container never ran (StartError has start 0). */
export function livedFor(attempt: Attempt): number | undefined {
  if (attempt.startedAt === undefined || attempt.end === undefined) return undefined;
  return Math.max(0, attempt.end.finishedAt - attempt.startedAt);
}

export function conditionOf(record: { readonly conditions: readonly Condition[] }, type: string): Condition | undefined {
  return record.conditions.find((condition) => condition.type === type);
}

/** Events about one container: by fieldPath, by the name in the message of a combined event, or because it is the only one. */
export function eventsOf(pod: PodHistory, container: string, reason: string): readonly EventRecord[] {
  const only = pod.containers.length === 1;
  return pod.events.filter(
    (event) =>
      event.record.reason === reason &&
      (event.container === container || (event.container === undefined && (only || namedIn(event.message) === container))),
  );
}

function namedIn(message: string): string | undefined {
  return /\b[Cc]ontainer "?([a-z0-9](?:[a-z0-9-]{0,251}[a-z0-9])?)"?(?![\w-])/.exec(message.slice(0, 2048))?.[1];
}

/** The image of a container: as the spec writes it, with the digest that status has resolved. */
export function imageOf(status: ContainerStatus): Image {
  return toImage(status.image, status.imageID);
}

/** Memory limit in force: after an in-place resize the spec tells what was asked for, not what the kernel enforced. */
export function memoryLimitOf(attempt: Attempt): string | undefined {
  return attempt.status.resourcesInForce?.limits?.['memory'] ?? attempt.status.resources?.limits?.['memory'];
}

export function memoryRequestOf(attempt: Attempt): string | undefined {
  return attempt.status.resourcesInForce?.requests?.['memory'] ?? attempt.status.resources?.requests?.['memory'];
}

/** What a kubelet shows of a container it knows nothing of yet. */
const blankReasons = new Set(['', 'ContainerCreating', 'PodInitializing']);

/** Nothing of the container has run or failed: it waits as every container does at the beginning. */
export function isUntouched({ state }: ContainerStatus): boolean {
  return state?.running === undefined && state?.terminated === undefined && blankReasons.has(state?.waiting?.reason ?? '');
}
