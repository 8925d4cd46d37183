import { earliest, type Instant } from '../time/instant.ts';
import type { ContainerHistory, ContainerSpan } from './container-history.ts';
import { isUntouched } from './pod-facts.ts';
import type { PodHistory } from './pod-history.ts';

/** Consecutive spans of which something is true, as one stretch. */
export interface Stretch {
  readonly spans: readonly [ContainerSpan, ...ContainerSpan[]];
  readonly from: Instant;
  readonly until?: Instant;
  /** How it was over: the container went on, or its pod was taken away or came to its end. */
  readonly overBy: 'progress' | 'removal';
  /** No earlier state of this container was seen: the stretch may have begun before. */
  readonly fromFirstState: boolean;
  /** When the pod came to a bad end in it, by nothing but itself: no more waiting can tell more. */
  readonly failedAt?: Instant;
}

/** The stretches of a container in which `holds` is true. A blank in between is a restarted kubelet's forgetfulness and ends nothing. */
export function stretchesOf(pod: PodHistory, container: ContainerHistory, holds: (span: ContainerSpan) => boolean): readonly Stretch[] {
  if (!container.spans.some(holds)) return [];
  const stretches: Stretch[] = [];
  let open: ContainerSpan[] = [];
  let blankFrom: Instant | undefined;
  const close = (until: Instant | undefined) => {
    const [first, ...rest] = open;
    if (first !== undefined) stretches.push({ ...toStretch(pod, [first, ...rest], until), fromFirstState: container.spans[0] === first });
    open = [];
    blankFrom = undefined;
  };
  for (const span of container.spans) {
    const stopping = pod.deletionRequestedAt !== undefined && span.from >= pod.deletionRequestedAt;
    if (holds(span) && !stopping) {
      open.push(span);
      blankFrom = undefined;
    } else if (open.length > 0 && !stopping && isBlank(span)) blankFrom ??= span.from;
    else close(blankFrom ?? span.from);
  }
  close(undefined);
  return stretches;
}

export function isBlank(span: ContainerSpan): boolean {
  return span.state === 'waiting' && isUntouched(span.status);
}

function toStretch(pod: PodHistory, spans: Stretch['spans'], until: Instant | undefined): Omit<Stretch, 'fromFirstState'> {
  const [{ from }] = spans;
  const removed = earliest(...[pod.deletionRequestedAt, pod.goneAt, pod.terminalAt].filter((at) => at !== undefined && at >= from));
  const end = earliest(until, removed);
  const failed = pod.terminalAt === end && failedByItself(pod) ? pod.terminalAt : undefined;
  return {
    spans,
    from,
    overBy: end !== undefined && (removed === undefined || end < removed) ? 'progress' : 'removal',
    ...(end === undefined ? {} : { until: end }),
    ...(failed === undefined ? {} : { failedAt: failed }),
  };
}

function failedByItself({ states, stop, terminalAt = Infinity }: PodHistory): boolean {
  return (stop?.at ?? Infinity) > terminalAt && states.some((state) => state.record.phase === 'Failed');
}
