import { decideLogPlace, type LogPlace } from '../detect/decide-log-place.ts';
import type { LogAnswer } from './judge-log-answer.ts';
import type { DeathLogRequest } from './log-request.ts';
import { ownerOfLog } from './log-times.ts';
import type { PodReading } from './read-pod.ts';

/**
 * What to do with the answer to one request for the log of a death. `other` asks the other `previous` and compares, because
 * the kubelet restarts a container before the API's status says so.
 */
export type LogTry =
  | { readonly kind: 'accept' }
  | { readonly kind: 'other' }
  | { readonly kind: 'retry'; readonly previous: boolean; readonly afterMs: number }
  | { readonly kind: 'give-up'; readonly reason?: string };

const retryMs = 1000;
const untied = 'the log could not be tied to this container instance: the pod has moved on';

/** `asked` is the `previous` of the request; `reading` is the pod as it was right after the answer. */
export function decideLogTry(request: DeathLogRequest, asked: boolean, answer: LogAnswer, reading: PodReading): LogTry {
  const place = placeNow(request, reading);
  if (place !== undefined && place.kind === 'here' && place.previous !== asked)
    return { kind: 'retry', previous: place.previous, afterMs: 0 };
  if (answer.kind === 'missing') {
    if (!answer.passing || place?.kind === 'gone') return { kind: 'give-up' };
    return { kind: 'retry', previous: asked, afterMs: Math.max(retryMs, answer.retryAfterMs ?? 0) };
  }
  const owner = ownerOfLog(answer.text, request.terminated);
  if (owner === 'own') return { kind: 'accept' };
  if (place?.kind === 'gone')
    return owner === 'doubtful' && reading.kind === 'gone' ? { kind: 'accept' } : { kind: 'give-up', reason: untied };
  if (asked) return owner === 'doubtful' ? { kind: 'accept' } : { kind: 'give-up', reason: untied };
  return { kind: 'other' };
}

/** Undefined when the pod could not be read. A pod of the same name with another uid is another pod. */
function placeNow(request: DeathLogRequest, reading: PodReading): LogPlace | undefined {
  if (reading.kind === 'failed') return undefined;
  if (reading.kind === 'gone' || reading.uid !== request.podUid) return { kind: 'gone' };
  return decideLogPlace(
    reading.containers.find((container) => container.name === request.container),
    request.containerID,
  );
}
