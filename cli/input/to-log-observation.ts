import { redact } from '#core/redact/redact.ts';
import type { ContainerStatus } from '#core/wire/container.ts';
import { maxLogCharacters } from '#core/wire/sizes.ts';
import type { Observation } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import { seal } from './to-observations.ts';

/** A saved log as the observation of the attempt it belongs to, redacted like any other. */
export function toLogObservation(
  pod: PodObservation,
  container: ContainerStatus,
  saved: { readonly text: string; readonly previous: boolean },
): Observation {
  const { text, counts } = redact(saved.text.slice(-maxLogCharacters));
  const { last, current } = attemptsOf(container);
  const attempt = saved.previous ? last : current;
  const log = {
    kind: 'log' as const,
    namespace: pod.namespace,
    pod: pod.name,
    podUid: pod.uid,
    container: container.name,
    role: container.role,
    workload: pod.workload,
    restartCount: attempt.index,
    final: saved.previous || container.state?.running === undefined,
    text,
    redactions: counts,
    ...(attempt.containerID === undefined ? {} : { containerID: attempt.containerID }),
  };
  return seal(log, pod.cluster, Date.parse(pod.observedAt));
}

interface AttemptRef {
  readonly containerID?: string | undefined;
  readonly index: number;
}

/** As the log API chooses: the current one is running, else terminated; while waiting, both names mean the last dead one. */
function attemptsOf({ restartCount = 0, state, lastState, containerID }: ContainerStatus): { last: AttemptRef; current: AttemptRef } {
  const alive = state?.running !== undefined || state?.terminated !== undefined;
  const last = { containerID: lastState?.terminated?.containerID, index: Math.max(0, alive ? restartCount - 1 : restartCount) };
  return { last, current: alive ? { containerID: state?.terminated?.containerID ?? containerID, index: restartCount } : last };
}
