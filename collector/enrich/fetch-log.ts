import type { LogObservation } from '#core/wire/log.ts';
import type { Draft } from '#core/wire/observation.ts';
import type { WorkloadRef } from '#core/wire/workload-ref.ts';
import { compact } from '../trim/compact.ts';
import { decideLogTry } from './decide-log-try.ts';
import { fitLogText } from './fit-log-text.ts';
import type { LogAnswer } from './judge-log-answer.ts';
import type { CurrentLogRequest, DeathLogRequest, LogRequest } from './log-request.ts';
import { beganWithin, ownerOfLog, withoutTimes } from './log-times.ts';
import type { PodReading } from './read-pod.ts';
import type { LogTarget } from './request-log.ts';

export interface FetchLogDependencies {
  readonly requestLog: (target: LogTarget) => Promise<LogAnswer>;
  readonly readPod: (namespace: string, name: string) => Promise<PodReading>;
  readonly workloadOf: (pod: unknown) => Promise<WorkloadRef>;
  /** Waits; returns at once when the collector is draining. */
  readonly pause: (ms: number) => Promise<void>;
}

const maxTries = 4;

/**
 * The log of one container instance, or why there is none. What was fetched is checked against the pod afterwards, since a
 * restart in between gives another instance's log. Undefined only for a running instance that died meanwhile.
 */
export function fetchLog(dependencies: FetchLogDependencies, request: LogRequest): Promise<Draft<LogObservation> | undefined> {
  return request.purpose === 'death' ? fetchDeathLog(dependencies, request) : fetchCurrentLog(dependencies, request);
}

async function fetchDeathLog(dependencies: FetchLogDependencies, request: DeathLogRequest): Promise<Draft<LogObservation>> {
  let { previous } = request;
  let answer = await dependencies.requestLog({ ...request, previous });
  for (let tries = 1; ; tries++) {
    const reading = await dependencies.readPod(request.namespace, request.pod);
    const next = decideLogTry(request, previous, answer, reading);
    switch (next.kind) {
      case 'accept':
        return deathLog(request, answer);
      case 'other':
        return deathLog(request, chooseLog(request, answer, await dependencies.requestLog({ ...request, previous: true })));
      case 'give-up':
        return deathLog(request, next.reason === undefined ? answer : { kind: 'missing', reason: next.reason, passing: false });
      case 'retry':
        if (tries >= maxTries) return deathLog(request, answer.kind === 'missing' ? answer : movedOn);
        await dependencies.pause(next.afterMs);
        previous = next.previous;
        answer = await dependencies.requestLog({ ...request, previous });
        break;
      default:
        return next satisfies never;
    }
  }
}

const movedOn: LogAnswer = { kind: 'missing', reason: 'the container was restarted during each attempt to read its log', passing: false };

/** The log of `previous=false` began when the instance ended: its own last words, or its successor's first. */
function chooseLog(request: DeathLogRequest, latest: LogAnswer, previous: LogAnswer): LogAnswer {
  if (previous.kind === 'text' && beganWithin(previous.text, request.terminated, request.before)) return previous;
  if (latest.kind === 'text' && ownerOfLog(latest.text, request.terminated) === 'foreign') {
    return { kind: 'missing', reason: 'only the log of the next container instance was left', passing: false };
  }
  return latest;
}

async function fetchCurrentLog(dependencies: FetchLogDependencies, request: CurrentLogRequest): Promise<Draft<LogObservation> | undefined> {
  const { namespace, pod, podUid, container: name, containerID } = request;
  let answer = await dependencies.requestLog({ ...request, previous: false });
  for (let tries = 1; tries < maxTries && answer.kind === 'missing' && answer.passing; tries++) {
    await dependencies.pause(Math.max(1000 * 2 ** tries, answer.retryAfterMs ?? 0));
    answer = await dependencies.requestLog({ ...request, previous: false });
  }
  const reading = await dependencies.readPod(namespace, pod);
  if (reading.kind !== 'found' || reading.uid !== podUid) return undefined;
  const container = reading.containers.find((candidate) => candidate.name === name);
  if (container?.state?.running === undefined || container.containerID !== containerID) return undefined;
  const workload = await dependencies.workloadOf(reading.raw);
  const { role, restartCount = 0 } = container;
  return {
    kind: 'log',
    namespace,
    pod,
    podUid,
    container: name,
    role,
    workload,
    containerID,
    restartCount,
    final: false,
    ...content(answer),
  };
}

/** What is shipped for a death: its log, or why it has none. */
export function deathLog(request: DeathLogRequest, answer: LogAnswer): Draft<LogObservation> {
  const { namespace, pod, podUid, container, role, workload, containerID, attempt } = request;
  const instance = { namespace, pod, podUid, container, role, workload, containerID, restartCount: attempt };
  return { kind: 'log', ...instance, final: true, ...content(answer) };
}

function content(answer: LogAnswer): Pick<LogObservation, 'text' | 'truncated' | 'missing'> {
  if (answer.kind === 'missing') return { missing: compact({ status: answer.status, reason: answer.reason }) };
  const whole = withoutTimes(answer.text);
  const text = fitLogText(whole);
  const bytes = answer.droppedBytes + Buffer.byteLength(whole) - Buffer.byteLength(text);
  return { text, ...((bytes > 0 || answer.cutByLines) && { truncated: { bytes } }) };
}
