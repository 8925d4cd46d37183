import { afterEach, describe, expect, test } from 'vitest';
import { fetchLog } from '../../../collector/enrich/fetch-log.ts';
import type { DeathLogRequest, LogRequest } from '../../../collector/enrich/log-request.ts';
import { readPod } from '../../../collector/enrich/read-pod.ts';
import { requestLog } from '../../../collector/enrich/request-log.ts';
import { createSlots } from '../../../collector/enrich/slots.ts';
import { createKubernetesApi } from '../../../collector/watch/kubernetes-api.ts';
import { sendJson, sendStatus, startApiDouble, type ApiDouble } from '../support/api-double.ts';
import { createManualClock } from '../support/manual-clock.ts';

const workload = { kind: 'Deployment', name: 'web', chain: [] };
const terminated = (containerID: string, startedAt: string, finishedAt: string) => ({
  terminated: { exitCode: 1, containerID, startedAt: `2026-11-22T11:00:${startedAt}Z`, finishedAt: `2026-11-22T11:00:${finishedAt}Z` },
});
const stateX = terminated('x', '10', '15');
const ranOn = { running: { startedAt: '2026-11-22T11:00:15Z' } };
/** What the program wrote: the kubelet's time stamps do not leave the collector. */
const written = (text: string) => text.replaceAll(/^\S+Z /gm, '');
const line = (second: string, text: string) => `2026-11-22T11:00:${second}Z ${text}\n`;
const logX = line('10.500000000', 'x starts') + line('15.100000000', 'x dies');
const logY = line('15.900000000', 'y starts');

/** A pod's status, and what the log API answers at the same time. */
interface Moment {
  readonly status?: object;
  readonly podStatus?: number;
  readonly uid?: string;
  readonly current?: string | Buffer | { readonly code: number; readonly message: string; readonly retryAfter?: string };
  readonly previous?: Moment['current'];
}

let double: ApiDouble | undefined;
afterEach(() => double?.close());

/** Plays the moments: the next one begins after each reading of the pod, the last one stays. */
async function fetchIn(moments: readonly Moment[], request: LogRequest, options: { maxLogBytes?: number } = {}) {
  let at = 0;
  const pauses: number[] = [];
  double = await startApiDouble(({ path, query }, response) => {
    const moment = moments[Math.min(at, moments.length - 1)]!;
    if (path === '/api/v1/namespaces/n/pods/p') {
      at += 1;
      if (moment.podStatus !== undefined) return sendStatus(response, moment.podStatus, `pods "p" ${moment.podStatus}`);
      const metadata = { namespace: 'n', name: 'p', uid: moment.uid ?? 'u' };
      return sendJson(response, 200, {
        metadata,
        spec: { containers: [{ name: 'c' }] },
        status: { containerStatuses: [{ name: 'c', ...moment.status }] },
      });
    }
    const answer = query.previous === 'true' ? moment.previous : moment.current;
    if (typeof answer === 'string' || Buffer.isBuffer(answer))
      return void response.writeHead(200, { 'content-type': 'text/plain' }).end(answer);
    if (answer === undefined) return sendStatus(response, 400, 'previous terminated container "c" in pod "p" not found');
    sendStatus(response, answer.code, answer.message, answer.retryAfter === undefined ? {} : { 'retry-after': answer.retryAfter });
  });
  const api = createKubernetesApi({ kubeConfig: double.kubeConfig, clock: createManualClock(), userAgent: 'test' });
  const reading = { api, slots: createSlots(4), signal: new AbortController().signal };
  const log = await fetchLog(
    {
      requestLog: (target) => requestLog({ ...reading, tailLines: 2000, maxLogBytes: options.maxLogBytes ?? 500_000 }, target),
      readPod: (namespace, name) => readPod(reading, namespace, name),
      workloadOf: () => Promise.resolve(workload),
      pause: (ms) => Promise.resolve(void pauses.push(ms)),
    },
    request,
  );
  const logsAsked = double.asked.filter(({ path }) => path.endsWith('/log')).map(({ query }) => query.previous === 'true');
  return { log, pauses, logsAsked };
}

const death: DeathLogRequest = {
  purpose: 'death',
  namespace: 'n',
  pod: 'p',
  podUid: 'u',
  container: 'c',
  containerID: 'x',
  role: 'app',
  workload,
  attempt: 0,
  terminated: stateX.terminated,
  previous: false,
};
const instance = {
  kind: 'log',
  namespace: 'n',
  pod: 'p',
  podUid: 'u',
  container: 'c',
  role: 'app',
  workload,
  containerID: 'x',
  restartCount: 0,
  final: true,
};
const stillTerminated: Moment = { status: { state: stateX }, current: logX };
const restarted: Moment = { status: { containerID: 'y', state: ranOn, lastState: stateX, restartCount: 1 }, current: logY, previous: logX };

describe('the log of a death', () => {
  test('right after the first crash: previous=false, and the whole query', async () => {
    const { log, logsAsked } = await fetchIn([stillTerminated], death);
    expect(log).toEqual({ ...instance, text: written(logX) });
    expect(logsAsked).toEqual([false]);
    expect(double?.asked[0]).toMatchObject({
      path: '/api/v1/namespaces/n/pods/p/log',
      query: { container: 'c', tailLines: '2000', timestamps: 'true' },
      headers: { authorization: 'Bearer opaque' },
    });
  });

  test('seen as lastState: previous=true', async () => {
    const { log, logsAsked } = await fetchIn([restarted], { ...death, previous: true });
    expect(log).toEqual({ ...instance, text: written(logX) });
    expect(logsAsked).toEqual([true]);
  });

  test('the container was restarted between status and log: asked again with the other previous, at once', async () => {
    const { log, logsAsked, pauses } = await fetchIn([{ ...restarted, current: logY }, restarted], death);
    expect(log).toEqual({ ...instance, text: written(logX) });
    expect(logsAsked).toEqual([false, true]);
    expect(pauses).toEqual([0]);
  });

  test('the kubelet is ahead of the status: the next instance answers, and the log of before is found', async () => {
    const { log, logsAsked } = await fetchIn([{ ...stillTerminated, current: logY, previous: logX }], death);
    expect(log).toEqual({ ...instance, text: written(logX) });
    expect(logsAsked).toEqual([false, true]);
  });

  test('a short life whose log begins in the second of its end is its own when there is no other', async () => {
    const lastWords = line('15.900000000', 'x says all at once');
    const { log } = await fetchIn([{ ...stillTerminated, current: lastWords }], death);
    expect(log).toEqual({ ...instance, text: written(lastWords) });
  });

  test('previous=true of the instance before is not taken for it', async () => {
    const lastWords = line('15.900000000', 'x says all at once');
    const moment = {
      status: { state: stateX, lastState: terminated('w', '02', '08') },
      current: lastWords,
      previous: line('02.500000000', 'w'),
    };
    const { log } = await fetchIn([moment], { ...death, before: terminated('w', '02', '08').terminated });
    expect(log).toEqual({ ...instance, text: written(lastWords) });
  });

  test('only the log of a later instance is left: that is said, and not taken', async () => {
    const moment = { ...stillTerminated, current: line('40.000000000', 'z starts') };
    const { log } = await fetchIn([moment], death);
    expect(log).toEqual({ ...instance, missing: { reason: 'only the log of the next container instance was left' } });
  });

  test('the pod has moved on by two restarts', async () => {
    const later = {
      status: { state: terminated('z', '40', '41'), lastState: terminated('y', '15', '20') },
      current: line('40.100000000', 'z'),
    };
    const { log } = await fetchIn([later], death);
    expect(log?.missing).toEqual({ reason: 'the log could not be tied to this container instance: the pod has moved on' });
  });

  test('deleted meanwhile: what was read before stays', async () => {
    const { log } = await fetchIn([{ ...stillTerminated, podStatus: 404 }], death);
    expect(log).toEqual({ ...instance, text: written(logX) });
  });

  test('a new pod of the same name is another pod', async () => {
    const { log } = await fetchIn([{ ...stillTerminated, uid: 'other', current: line('50.000000000', 'new pod') }], death);
    expect(log?.missing).toEqual({ reason: 'the log could not be tied to this container instance: the pod has moved on' });
  });

  test('a container that never wrote', async () => {
    const { log } = await fetchIn([{ ...stillTerminated, current: '' }], death);
    expect(log).toEqual({ ...instance, text: '' });
  });
});

describe('no log, in the words of the API', () => {
  test.each([
    ['unable to retrieve container logs for containerd://51feffb662507801bbea737b3e90d3cefa5fb98f829dd7da589a83a00d5fa746'],
    [
      'failed to try resolving symlinks in path "/var/log/pods/n_p_u/c/0.log": lstat /var/log/pods/n_p_u/c/0.log: no such file or directory',
    ],
  ])('a 200 with an error as its body: %s', async (body) => {
    const { log } = await fetchIn([{ ...stillTerminated, current: body }], death);
    expect(log).toEqual({ ...instance, missing: { status: 200, reason: body } });
  });

  test('a log that quotes such an error is a log', async () => {
    const text = line('11.000000000', 'unable to retrieve container logs for containerd://x');
    expect((await fetchIn([{ ...stillTerminated, current: text }], death)).log?.text).toBe(written(text));
  });

  test.each([
    [400, 'container "c" in pod "p" is waiting to start: CreateContainerConfigError'],
    [403, 'pods "p" is forbidden: User "system:serviceaccount:n:m" cannot get resource "pods/log" in API group "" in the namespace "n"'],
    [404, 'pods "p" not found'],
  ])('%i is final', async (code, message) => {
    const { log, logsAsked } = await fetchIn([{ ...stillTerminated, current: { code, message } }], death);
    expect(log).toEqual({ ...instance, missing: { status: code, reason: message } });
    expect(logsAsked).toHaveLength(1);
  });

  test('500 is tried a few times, and then said', async () => {
    const message = 'Get "https://10.200.0.1:10250/containerLogs/n/p/c": dial tcp 10.200.0.1:10250: connect: connection refused';
    const { log, logsAsked, pauses } = await fetchIn([{ ...stillTerminated, current: { code: 500, message } }], death);
    expect(log).toEqual({ ...instance, missing: { status: 500, reason: message } });
    expect(logsAsked).toHaveLength(4);
    expect(pauses).toEqual([1000, 1000, 1000]);
  });

  test('429 waits as long as it is told', async () => {
    const busy = { code: 429, message: 'too many requests', retryAfter: '7' };
    const { log, pauses } = await fetchIn([{ ...stillTerminated, current: busy }, stillTerminated], death);
    expect(log?.text).toBe(written(logX));
    expect(pauses).toEqual([7000]);
  });
});

describe('a large or dirty log', () => {
  test('its end is kept, from the beginning of a line', async () => {
    const lines = Array.from({ length: 1500 }, (_, index) => line('11.000000000', `row ${index}`));
    const { log } = await fetchIn([{ ...stillTerminated, current: lines.join('') }], death, { maxLogBytes: 10_000 });
    const kept = (log?.text ?? '').split('\n').length - 1;
    // 10,000 bytes as received: some 40 a line, of which the time stamp is most.
    expect(kept).toBeGreaterThan(220);
    expect(log?.text).toBe(written(lines.slice(-kept).join('')));
    expect(log?.truncated).toEqual({ bytes: lines.slice(0, -kept).join('').length });
  });

  test('a tail of as many lines as were asked for may have been cut by the server', async () => {
    const { log } = await fetchIn([{ ...stillTerminated, current: line('11.000000000', 'x').repeat(2000) }], death);
    expect(log?.truncated).toEqual({ bytes: 0 });
  });

  test('invalid UTF-8 becomes replacement characters', async () => {
    const bytes = Buffer.concat([Buffer.from('2026-11-22T11:00:11.000000000Z bad: '), Buffer.from([0xff, 0xfe, 0x20, 0xc3, 0xa9, 0x0a])]);
    expect((await fetchIn([{ ...stillTerminated, current: bytes }], death)).log?.text).toBe('bad: \ufffd\ufffd é\n');
  });

  test('control characters take six times their room on the wire: the end that fits is kept', async () => {
    const current = line('11.000000000', '\u001b'.repeat(100)).repeat(4000);
    const { log } = await fetchIn([{ ...stillTerminated, current }], death, { maxLogBytes: 600_000 });
    expect(JSON.stringify(log).length).toBeLessThan(1_500_000);
    expect(log?.text?.length).toBeGreaterThan(200_000);
    expect(written(current).endsWith(log?.text ?? 'x')).toBe(true);
  });
});

describe('the log of a running container', () => {
  const current: LogRequest = { purpose: 'current', namespace: 'n', pod: 'p', podUid: 'u', container: 'c', containerID: 'y' };

  test('is what it wrote so far', async () => {
    const { log, logsAsked } = await fetchIn([restarted], current);
    expect(log).toEqual({ ...instance, containerID: 'y', restartCount: 1, final: false, text: written(logY) });
    expect(logsAsked).toEqual([false]);
  });

  test('that may not be read is said', async () => {
    const { log } = await fetchIn([{ ...restarted, current: { code: 403, message: 'cannot get resource "pods/log"' } }], current);
    expect(log?.missing).toEqual({ status: 403, reason: 'cannot get resource "pods/log"' });
  });

  test.each<[string, Moment]>([
    ['died', { status: { containerID: 'y', state: terminated('y', '15', '20') }, current: logY }],
    ['was replaced', { status: { containerID: 'z', state: ranOn }, current: logY }],
    ['went with its pod', { podStatus: 404, current: logY }],
    ['belongs to a pod that was made anew', { ...restarted, uid: 'other' }],
  ])('that %s meanwhile is left to its death', async (_, moment) => {
    expect((await fetchIn([moment], current)).log).toBeUndefined();
  });
});
