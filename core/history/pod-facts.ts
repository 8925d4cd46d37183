import type { Instant } from '../time/instant.ts';
import { earliest, second, wholeSecond } from '../time/instant.ts';
import type { Image } from '../incident/incident.ts';
import { toImage } from '../incident/image.ts';
import type { ContainerStatus } from '../wire/container.ts';
import type { Condition } from '../wire/pod.ts';
import type { Attempt, AttemptEnd, ContainerHistory, ContainerSpan } from './container-history.ts';
import type { EventRecord } from './event-record.ts';
import type { PodHistory } from './pod-history.ts';

/** An attempt that ended. */
export type Death = Attempt & { readonly end: AttemptEnd };

export function deathsOf(container: ContainerHistory): readonly Death[] {
  return container.attempts.filter((attempt): attempt is Death => attempt.end !== undefined);
}

/** Ephemeral containers (`kubectl debug`) never decide the fate of a pod. */
export function decidingContainers(pod: PodHistory): readonly ContainerHistory[] {
  return pod.containers.filter((container) => container.role !== 'ephemeral');
}

/**
 * Whether an end is part of the pod being stopped on purpose. Status times are whole seconds and the deletion request is not,
 * so an end in the second of the request counts as its consequence.
 */
export function isStop(pod: PodHistory, death: Death): boolean {
  return pod.deletionRequestedAt !== undefined && death.end.finishedAt >= wholeSecond(pod.deletionRequestedAt);
}

/** An end with code 0 that the pod's own policy asks for: finished Jobs and init containers. */
export function isCompletion(pod: PodHistory, container: ContainerHistory, death: Death): boolean {
  if (death.end.terminated.exitCode !== 0 || death.end.terminated.reason === 'OOMKilled') return false;
  if (container.role === 'init') return true;
  return (pod.latest.restartPolicy ?? 'Always') !== 'Always';
}

/** When a container was well again after `after`: ready in a later instance, or the pod was asked to go, or is gone. */
export function wellAgain(pod: PodHistory, container: ContainerHistory, death: Death): Instant | undefined {
  const after = death.end.finishedAt;
  const healed = container.spans.find(
    (span) => span.from >= after && isWell(container, span) && (span.status.containerID ?? '') !== (death.containerID ?? 'none'),
  );
  return earliest(...[healed?.from, pod.deletionRequestedAt, pod.goneAt].filter((at) => at !== undefined && at >= after));
}

function isWell(container: ContainerHistory, span: ContainerSpan): boolean {
  if (container.role === 'init') return span.state === 'terminated' && span.status.state?.terminated?.exitCode === 0;
  return span.state === 'running' && span.ready;
}

/** Consecutive spans of which `holds` is true, as one stretch. */
export interface Stretch {
  readonly spans: readonly [ContainerSpan, ...ContainerSpan[]];
  readonly from: Instant;
  readonly until?: Instant;
  /** How it was over: the container went on, or its pod was taken away. */
  readonly overBy: 'progress' | 'removal';
  /** No earlier state of this container was seen: the stretch may have begun before. */
  readonly fromFirstState: boolean;
}

export function stretchesOf(pod: PodHistory, container: ContainerHistory, holds: (span: ContainerSpan) => boolean): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let open: ContainerSpan[] = [];
  const close = (until: Instant | undefined) => {
    const [first, ...rest] = open;
    if (first !== undefined) {
      const end = endOfStretch(pod, first.from, until);
      stretches.push({
        spans: [first, ...rest],
        from: first.from,
        fromFirstState: container.spans[0] === first,
        overBy: end !== undefined && end === until && !isRemoval(pod, end) ? 'progress' : 'removal',
        ...(end === undefined ? {} : { until: end }),
      });
    }
    open = [];
  };
  for (const span of container.spans) {
    const stopping = pod.deletionRequestedAt !== undefined && span.from >= pod.deletionRequestedAt;
    if (holds(span) && !stopping) open.push(span);
    else close(span.from);
  }
  close(undefined);
  return stretches;
}

function isRemoval(pod: PodHistory, at: Instant): boolean {
  return (pod.deletionRequestedAt ?? Infinity) <= at || (pod.goneAt ?? Infinity) <= at;
}

function endOfStretch(pod: PodHistory, from: Instant, until: Instant | undefined): Instant | undefined {
  return earliest(...[until, pod.deletionRequestedAt, pod.goneAt].filter((at) => at !== undefined && at >= from));
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

/** Events about one container, by fieldPath, or pod-level when the container is the only one. */
export function eventsOf(pod: PodHistory, container: string, reason: string): readonly EventRecord[] {
  const only = pod.containers.length === 1;
  return pod.events.filter(
    (event) => event.record.reason === reason && (event.container === container || (event.container === undefined && only)),
  );
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
