import { failure, type ApiAnswer } from './api-status.ts';
import { podMoment, type PodMoment } from './container-moment.ts';
import { chooseLogAnswer, type LogAnswer } from './log-answers.ts';
import type { ObjectStore } from './object-store.ts';
import { isTrue } from './query-flag.ts';
import { trimLog, type LogTrim } from './trim-log.ts';

export interface LogDependencies {
  readonly store: ObjectStore;
  readonly answers: readonly LogAnswer[];
  /** Epoch milliseconds of virtual time. */
  readonly now: number;
}

/** `GET …/pods/{name}/log`. `follow` and `since*` are not replayed: the answer is the recorded log, at once. */
export function answerLog(
  { store, answers, now }: LogDependencies,
  target: { readonly namespace: string; readonly name: string },
  query: URLSearchParams,
): ApiAnswer {
  const { namespace, name } = target;
  const object = store.get('pods', namespace, name);
  const pod = object === undefined ? undefined : podMoment(object);
  const options = parseOptions(name, query);
  if ('refusal' in options) return options.refusal;
  const container = query.get('container') ?? onlyContainer(pod);
  const refusal = pod === undefined ? undefined : refuseContainer(pod, name, container);
  if (refusal !== undefined) return refusal;
  // Before a pod has a node there is nobody to ask: the API answers with nothing at all.
  if (pod?.scheduled === false) return { status: 204, body: '' };

  const question = { namespace, pod: name, container: container ?? '', previous: isTrue(query, 'previous') };
  const choice = chooseLogAnswer(answers, question, pod, now);
  if (choice.kind === 'no-pod') return failure(404, `pods "${name}" not found`, { name, kind: 'pods' });
  if (choice.kind === 'refused') return failure(400, choice.message);
  if (choice.kind === 'lost') return text(`unable to retrieve container logs for ${choice.instance}`);
  const { status, contentType } = choice.answer;
  const body = status === 200 ? trimLog(choice.body, options) : choice.body;
  return { status, body, headers: { 'content-type': contentType } };
}

function parseOptions(pod: string, query: URLSearchParams): LogTrim | { readonly refusal: ApiAnswer } {
  const tailLines = query.get('tailLines');
  const limitBytes = query.get('limitBytes');
  const unreadable = [tailLines, limitBytes].find((value) => value !== null && !/^-?\d{1,15}$/.test(value));
  if (unreadable !== undefined) return { refusal: failure(400, `strconv.ParseInt: parsing "${unreadable}": invalid syntax`) };
  const invalid = (problem: string) => ({ refusal: failure(422, `PodLogOptions "${pod}" is invalid: ${problem}`) });
  if (tailLines !== null && Number(tailLines) < 0) {
    return invalid(`tailLines: Invalid value: ${tailLines}: must be greater than or equal to 0`);
  }
  if (limitBytes !== null && Number(limitBytes) < 1) return invalid(`limitBytes: Invalid value: ${limitBytes}: must be greater than 0`);
  return {
    timestamps: isTrue(query, 'timestamps'),
    ...(tailLines === null ? {} : { tailLines: Number(tailLines) }),
    ...(limitBytes === null ? {} : { limitBytes: Number(limitBytes) }),
  };
}

function refuseContainer(pod: PodMoment, name: string, container: string | undefined): ApiAnswer | undefined {
  if (container === undefined) {
    const inits = pod.initContainers.length === 0 ? '' : ` or one of the init containers: [${pod.initContainers.join(' ')}]`;
    return failure(400, `a container name must be specified for pod ${name}, choose one of: [${pod.containers.join(' ')}]${inits}`);
  }
  const known = [...pod.containers, ...pod.initContainers, ...pod.ephemeralContainers];
  return known.includes(container) ? undefined : failure(400, `container ${container} is not valid for pod ${name}`);
}

function onlyContainer(pod: PodMoment | undefined): string | undefined {
  return pod?.containers.length === 1 ? pod.containers[0] : undefined;
}

function text(body: string): ApiAnswer {
  return { status: 200, body, headers: { 'content-type': 'text/plain' } };
}
