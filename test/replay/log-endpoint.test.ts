import { afterEach, describe, expect, test } from 'vitest';
import { startApiServer, type ApiServer } from '../../replay/api-server.ts';
import type { RecordedLog, RecordedObject } from '../../replay/recording.ts';
import { createReplayClock } from '../../replay/replay-clock.ts';
import { line, pod, second, smallRecording } from './small-recording.ts';

const servers: ApiServer[] = [];

afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

type Status = Readonly<Record<string, unknown>>;

function podWith(
  version: number,
  container: Status | undefined,
  more: { containers?: readonly string[]; node?: string } = {},
): RecordedObject {
  const { containers = ['web'], node = 'node-1' } = more;
  return {
    ...pod('web-1', version),
    spec: { nodeName: node, containers: containers.map((name) => ({ name })), initContainers: [{ name: 'setup' }] },
    status: { containerStatuses: container === undefined ? null : [{ name: 'web', restartCount: 0, ...container }] },
  };
}

const running = (id: string, restartCount = 0, last?: string): Status => ({
  restartCount,
  containerID: id,
  state: { running: {} },
  lastState: last === undefined ? {} : { terminated: { containerID: last } },
});
const waiting = (reason: string, restartCount = 0, last?: string): Status => ({
  restartCount,
  state: { waiting: { reason } },
  lastState: last === undefined ? {} : { terminated: { containerID: last } },
});
const terminated = (id: string, restartCount = 0): Status => ({
  restartCount,
  containerID: id,
  state: { terminated: { containerID: id } },
});

const states = (...statuses: readonly Status[]) => statuses.map((status, index) => podWith(101 + index, status));

/** An answer at `seconds`; `asked` is `current` or `previous` and the restartCount, as in `previous#1`. */
function log(seconds: number, asked: string, body: string, more: Partial<RecordedLog> = {}): RecordedLog {
  const [which, count] = asked.split('#');
  const question = { pod: 'web-1', container: 'web', previous: which === 'previous', restartCount: Number(count) };
  return { at: second(seconds), ...question, status: 200, contentType: 'text/plain', body: Buffer.from(body), ...more };
}

/** A server on which `history` (one pod state a second) was played and whose clock stands at its end. */
async function serve(
  history: readonly RecordedObject[],
  logs: readonly RecordedLog[],
  at = history.length,
): Promise<(query?: string) => Promise<string>> {
  const lines = history.map((object, index) => line(index + 1, index === 0 ? 'ADDED' : 'MODIFIED', object));
  const clock = createReplayClock(new Date(second(at)));
  const server = await startApiServer({ recordings: [smallRecording(lines, { logs })], clock });
  servers.push(server);
  for (const one of lines.filter((entry) => entry.at <= second(at))) server.emit(one);
  return async (query = 'container=web') => {
    const response = await fetch(`${server.url}/api/v1/namespaces/shop/pods/web-1/log?${query}`);
    const body = await response.text();
    return `${response.status} ${response.headers.get('content-type') === 'application/json' ? JSON.parse(body).message : body}`;
  };
}

describe('the choice of a log', () => {
  test('same attempt and state, nearest in time', async () => {
    const history = states(running('c://a'), terminated('c://a'), running('c://b', 1, 'c://a'), terminated('c://b', 1));
    const logs = [
      log(1.9, 'current#0', 'running a'),
      log(2.1, 'current#0', 'dead a'),
      log(3.2, 'current#1', 'running b, early'),
      log(3.8, 'current#1', 'running b, late'),
    ];
    expect(await (await serve(history, logs, 2))()).toBe('200 dead a');
    expect(await (await serve(history, logs, 3))()).toBe('200 running b, early');
    expect(await (await serve(history, logs, 3.6))()).toBe('200 running b, late');
  });

  test('else the nearest log of the instance that would be served, whoever was asked for', async () => {
    const history = states(running('c://a'), terminated('c://a'), waiting('CrashLoopBackOff', 0, 'c://a'), running('c://b', 1, 'c://a'));
    const logs = [log(2.1, 'current#0', 'dead a'), log(4.1, 'current#1', 'running b')];
    expect(await (await serve(history, logs, 3))()).toBe('200 dead a');
    expect(await (await serve(history, logs, 3))('container=web&previous=true')).toBe('200 dead a');
    expect(await (await serve(history, logs, 4))('container=web&previous=true')).toBe('200 dead a');
  });

  test('never the log of another instance', async () => {
    const ask = await serve(states(running('c://a'), running('c://b', 1, 'c://a')), [log(1.1, 'current#0', 'running a')]);
    expect(await ask()).toBe('200 unable to retrieve container logs for c://b');
  });

  test('never the log of a pod of the same name that was deleted', async () => {
    const reborn = podWith(103, running('c://a'));
    const lines = [
      line(1, 'ADDED', podWith(101, running('c://a'))),
      line(2, 'DELETED', podWith(102, running('c://a'))),
      line(3, 'ADDED', { ...reborn, metadata: { ...reborn.metadata, uid: 'uid-second' } }),
    ];
    const logs = [log(1.5, 'previous#0', 'of the first'), log(3.5, 'previous#0', 'of the second')];
    const server = await startApiServer({ recordings: [smallRecording(lines, { logs })], clock: createReplayClock(new Date(second(1))) });
    servers.push(server);
    for (const one of lines) server.emit(one);
    const response = await fetch(`${server.url}/api/v1/namespaces/shop/pods/web-1/log?container=web&previous=true`);
    expect(await response.text()).toBe('of the second');
  });

  test('refusals and errors in a 200 come as they were', async () => {
    const refusal = JSON.stringify({ kind: 'Status', message: 'dial tcp: connection refused', code: 500 });
    const logs = [
      log(1.2, 'current#0', refusal, { status: 500, contentType: 'application/json' }),
      log(1.2, 'previous#0', 'unable to retrieve container logs for c://x'),
    ];
    const ask = await serve(states(running('c://a')), logs);
    expect(await ask()).toBe('500 dial tcp: connection refused');
    expect(await ask('container=web&previous=true')).toBe('200 unable to retrieve container logs for c://x');
  });
});

describe('what was never asked', () => {
  test.each([
    ['ContainerCreating', 'ContainerCreating'],
    ['ErrImagePull', "image can't be pulled"],
    ['ImagePullBackOff', 'trying and failing to pull image'],
    ['CreateContainerConfigError', 'CreateContainerConfigError'],
  ])('waiting for %s', async (reason, words) => {
    const ask = await serve(states(waiting('PodInitializing'), waiting(reason)), [
      log(1.1, 'current#0', 'of another reason', { status: 400 }),
    ]);
    expect(await ask()).toBe(`400 container "web" in pod "web-1" is waiting to start: ${words}`);
    expect(await ask('container=web&previous=true')).toBe('400 previous terminated container "web" in pod "web-1" not found');
  });

  test('terminated without an id, without a status, without a node', async () => {
    expect(await (await serve([podWith(101, { state: { terminated: {} } })], []))()).toBe(
      '400 container "web" in pod "web-1" is terminated',
    );
    expect(await (await serve([podWith(101, undefined)], []))()).toBe('400 container "web" in pod "web-1" is not available');
    expect(await (await serve([podWith(101, undefined, { node: '' })], []))()).toBe('204 ');
  });

  test('a pod that is not there, a container that is not in it, and which one of two', async () => {
    expect(await (await serve([], []))()).toBe('404 pods "web-1" not found');
    const ask = await serve([podWith(101, running('c://a'), { containers: ['web', 'proxy'] })], []);
    expect(await ask('container=cache')).toBe('400 container cache is not valid for pod web-1');
    expect(await ask('')).toBe(
      '400 a container name must be specified for pod web-1, choose one of: [web proxy] or one of the init containers: [setup]',
    );
    expect(await (await serve([podWith(101, running('c://a'))], [log(1, 'current#0', 'the only one')]))('')).toBe('200 the only one');
  });
});

test('the tail, the limit and the time stamps are applied; what makes no sense is refused', async () => {
  const ask = await serve([podWith(101, running('c://a'))], [log(1, 'current#0', '2026-11-22T10:00:01Z one\n2026-11-22T10:00:02Z two\n')]);
  expect(await ask('tailLines=1')).toBe('200 two\n');
  expect(await ask('tailLines=1&timestamps=true')).toBe('200 2026-11-22T10:00:02Z two\n');
  expect(await ask('tailLines=2&limitBytes=5')).toBe('200 one\nt');
  expect(await ask('limitBytes=0')).toBe('422 PodLogOptions "web-1" is invalid: limitBytes: Invalid value: 0: must be greater than 0');
  expect(await ask('tailLines=-1')).toBe(
    '422 PodLogOptions "web-1" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0',
  );
  expect(await ask('tailLines=many')).toBe('400 strconv.ParseInt: parsing "many": invalid syntax');
});
