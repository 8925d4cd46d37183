import { podMoment, type ContainerMoment, type PodMoment } from './container-moment.ts';
import type { RecordedLog, Recording, RecordedObject } from './recording.ts';
import { servedInstance } from './served-instance.ts';

/** A recorded answer with the state its pod was in when it was given; no `pod` when the pod was gone by then. */
export interface LogAnswer extends RecordedLog {
  readonly namespace?: string;
  readonly podThen?: PodMoment;
  readonly containerThen?: ContainerMoment;
  readonly instance?: string;
}

export interface LogQuestion {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
}

export type LogChoice =
  | { readonly kind: 'recorded'; readonly answer: LogAnswer; readonly body: Uint8Array }
  | { readonly kind: 'lost'; readonly instance: string }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'no-pod' };

/** The answers of a recording, each with the moment it belongs to, read off the recording's own pod lines. */
export function logAnswersOf(recording: Recording): readonly LogAnswer[] {
  const histories = new Map<string, { readonly at: number; readonly pod?: RecordedObject; readonly namespace: string }[]>();
  for (const { at, resource, type, object } of recording.entries) {
    const { name, namespace = '' } = object.metadata;
    if (resource !== 'pods' || name === undefined) continue;
    const history = histories.get(name) ?? [];
    history.push({ at, namespace, ...(type === 'DELETED' ? {} : { pod: object }) });
    histories.set(name, history);
  }
  return recording.logs.map((log) => {
    const history = histories.get(log.pod) ?? [];
    const then = history.findLast((line) => line.at <= log.at) ?? history[0];
    if (then?.pod === undefined) return { ...log, ...(then === undefined ? {} : { namespace: then.namespace }) };
    const pod = podMoment(then.pod);
    const container = pod.statuses.get(log.container);
    const served = servedInstance(log, container);
    return {
      ...log,
      namespace: then.namespace,
      podThen: pod,
      ...(container === undefined ? {} : { containerThen: container }),
      ...(served.kind === 'instance' ? { instance: served.id } : {}),
    };
  });
}

/**
 * The recorded answer for the same attempt, container state and `previous` that is nearest in time; else the nearest
 * log of the container instance that the API would serve now; else the API's own words. `now`: epoch milliseconds.
 */
export function chooseLogAnswer(answers: readonly LogAnswer[], question: LogQuestion, pod: PodMoment | undefined, now: number): LogChoice {
  const asked = answers.filter((answer) => isAbout(answer, question));
  if (pod === undefined) {
    const gone = nearest(
      asked.filter((answer) => answer.podThen === undefined && answer.previous === question.previous),
      now,
    );
    return gone?.body === undefined ? { kind: 'no-pod' } : { kind: 'recorded', answer: gone, body: gone.body };
  }
  const container = pod.statuses.get(question.container);
  const served = servedInstance(question, container);
  const same = nearest(
    asked.filter((answer) => answer.previous === question.previous && isSameMoment(answer, pod, container)),
    now,
  );
  if (same?.body !== undefined) return { kind: 'recorded', answer: same, body: same.body };
  if (served.kind === 'refused') return served;
  if (same !== undefined) return { kind: 'lost', instance: served.id };
  const log = nearest(
    asked.filter((answer) => answer.instance === served.id && answer.status === 200 && answer.body !== undefined),
    now,
  );
  return log?.body === undefined ? { kind: 'lost', instance: served.id } : { kind: 'recorded', answer: log, body: log.body };
}

function isAbout(answer: LogAnswer, question: LogQuestion): boolean {
  const inNamespace = answer.namespace === undefined || answer.namespace === question.namespace;
  return inNamespace && answer.pod === question.pod && answer.container === question.container;
}

/** Of two waiting reasons one is never the other's: the API's refusal spells the reason out. */
function isSameMoment(answer: LogAnswer, pod: PodMoment, container: ContainerMoment | undefined): boolean {
  if (answer.podThen?.uid !== pod.uid) return false;
  const then = answer.containerThen;
  if (then === undefined || container === undefined) return then === container;
  return answer.restartCount === container.restartCount && then.state === container.state && then.reason === container.reason;
}

/** Of two equally near, the earlier. */
function nearest(answers: readonly LogAnswer[], now: number): LogAnswer | undefined {
  return answers.reduce<LogAnswer | undefined>(
    (best, answer) => (best === undefined || Math.abs(answer.at - now) < Math.abs(best.at - now) ? answer : best),
    undefined,
  );
}
