import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import type { CollectorOptions } from '../../../collector/collector-options.ts';
import { sendJson, sendStatus } from '../support/api-double.ts';
import { startCollector } from '../support/start-collector.ts';

const root = '/apis/metrics.k8s.io/v1beta1';
const podsOf = (namespace: string): string => `${root}/namespaces/${namespace}/pods`;
const begins = '2026-11-22T11:00:00Z';
const second = (seconds: number): string => new Date(Date.parse(begins) + seconds * 1000).toISOString();

/** A pod of one container that has run since the beginning. */
function pod(name: string, { namespace = 'n', version = '90', limit = '64Mi', status = {} } = {}) {
  const state = { containerID: `x-${name}`, ready: true, restartCount: 0, state: { running: { startedAt: begins } } };
  return {
    metadata: { namespace, name, uid: `u-${name}`, resourceVersion: version, creationTimestamp: begins },
    spec: { containers: [{ name: 'c', image: 'i', ...(limit !== 'none' && { resources: { limits: { memory: limit } } }) }] },
    status: { containerStatuses: [{ name: 'c', ...state, ...status }] },
  };
}

function metrics(name: string, at: number, memory: string, namespace = 'n') {
  return { metadata: { namespace, name }, timestamp: second(at), window: '15s', containers: [{ name: 'c', usage: { cpu: '1m', memory } }] };
}

type Answer = (response: ServerResponse) => void;
const offered: Answer = (response) => sendJson(response, 200, { kind: 'APIResourceList' });
const forbidden =
  (verb: string): Answer =>
  (response) =>
    sendStatus(response, 403, `pods.metrics.k8s.io is forbidden: User "u" cannot ${verb} resource "pods" in API group "metrics.k8s.io"`);

async function start(objects: readonly object[], answers: Readonly<Record<string, Answer>>, more: Partial<CollectorOptions> = {}) {
  const { namespaces = [], shard } = more;
  const collected = await startCollector({
    objects: { pods: objects },
    answers: { [root]: offered, ...answers },
    namespaces,
    options: { usage: true, ...(shard && { shard }) },
  });
  const { collector, clock, cluster, observations } = collected;
  const settle = () => collector.quiet(new Map());
  await settle();
  /** Goes on in steps in which nothing is missed. */
  async function pass(seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left -= 7.5) {
      await clock.advance(7500);
      await settle();
    }
  }
  const asked = (): string[] => cluster.asked.flatMap(({ path }) => (path.startsWith(root) ? [path.slice(root.length)] : []));
  const shipped = <K extends Observation['kind']>(kind: K) =>
    observations.filter((one): one is Extract<Observation, { kind: K }> => one.kind === kind);
  const notes = () => shipped('coverage').filter(({ note }) => note === 'forbidden');
  return { ...collected, pass, settle, asked, shipped, notes };
}

describe('a cluster that offers it', () => {
  test('a death is told with the samples of its instance, and of no other', async () => {
    let now = 0;
    const list = podsOf('n');
    const { cluster, pass, end, shipped, settle } = await start([pod('a'), pod('b', { limit: '1Gi' })], {
      [list]: (response) => {
        now += 15;
        sendJson(response, 200, { kind: 'PodMetricsList', items: [metrics('a', now, `${now}Mi`), metrics('b', now, '900Mi')] });
      },
    });
    await pass(60);
    const watch = await cluster.watch('pods');
    const terminated = { containerID: 'x-a', exitCode: 137, reason: 'OOMKilled', startedAt: begins, finishedAt: second(50) };
    const restarted = { containerID: 'x-a2', restartCount: 1, state: { running: { startedAt: second(52) } }, lastState: { terminated } };
    watch.line('MODIFIED', pod('a', { version: '101', status: restarted }));
    await settle();
    await pass(30);
    watch.line('DELETED', pod('a', { version: '102', status: { ...restarted, state: {}, lastState: {} } }));
    const last = { containerID: 'x-b', exitCode: 0, startedAt: begins };
    watch.line('MODIFIED', pod('b', { version: '103', limit: '1Gi', status: { state: { terminated: last } } }));
    await settle();
    await end();
    const sample = (at: number, mebibytes = at) => ({ at: second(at), bytes: mebibytes * 2 ** 20 });
    expect(shipped('usage').map(({ pod: of, containerID, samples }) => [of, containerID, samples])).toEqual([
      ['a', 'x-a', [sample(15), sample(30), sample(45)]],
      // The last one of the time is not known: everything since its start is its own.
      ['b', 'x-b', [15, 30, 45, 60, 75, 90].map((at) => sample(at, 900))],
    ]);
  });

  test('containers without a limit, without a number or without a sample are told without', async () => {
    const { collector, cluster, pass, end, shipped, asked, settle } = await start([pod('a', { limit: 'none' }), pod('b')], {
      [`${podsOf('n')}/b`]: (response) => sendJson(response, 200, metrics('b', 15, 'plenty')),
    });
    await pass(30);
    expect(collector.status().usage).toEqual({ requests: { answered: 3, refused: 0, failed: 0 }, containers: 1, samples: 0 });
    const watch = await cluster.watch('pods');
    const terminated = { exitCode: 1, startedAt: begins, finishedAt: second(20) };
    for (const name of ['a', 'b'])
      watch.line('MODIFIED', pod(name, { version: '101', status: { state: { terminated: { ...terminated, containerID: `x-${name}` } } } }));
    await settle();
    await end();
    expect([new Set(asked()), shipped('usage')]).toEqual([new Set(['', '/namespaces/n/pods/b']), []]);
  });

  test('often where a container is close to its limit or young, else once a minute', async () => {
    let now = 0;
    const usedAt = (name: string, memory: string): [string, Answer] => [
      `${podsOf(name)}/${name}`,
      (response) => sendJson(response, 200, metrics(name, (now += 1), memory, name)),
    ];
    const { pass, asked } = await start(
      ['far', 'half', 'near'].map((name) => pod(name, { namespace: name })),
      Object.fromEntries([usedAt('far', '10Mi'), usedAt('half', '40Mi'), usedAt('near', '60Mi')]),
    );
    await pass(180);
    const before = asked().length;
    await pass(240);
    const counts = Map.groupBy(asked().slice(before), (path) => path.split('/').at(-1));
    expect(Object.fromEntries([...counts].map(([name, paths]) => [name, paths.length]))).toEqual({ far: 4, half: 8, near: 16 });
  });

  test('the collector of a node asks for its pods one by one, that of the unscheduled asks nothing', async () => {
    const objects = [pod('a'), pod('b'), pod('c')];
    const node = await start(objects, {}, { shard: { kind: 'node', name: 'node-1' } });
    await node.pass(15);
    expect(node.asked().toSorted()).toEqual(['', ...['a', 'b', 'c'].map((name) => `/namespaces/n/pods/${name}`)]);
    const rest = await start(objects, {}, { shard: { kind: 'unscheduled' } });
    await rest.pass(60);
    expect(rest.asked()).toEqual([]);
  });
});

describe('what is not there or not allowed is said once', () => {
  test('no such API: asked again now and then, and used when it comes', async () => {
    let isThere = false;
    const { pass, end, asked, notes, cluster, settle } = await start([pod('a')], {
      [root]: (response) => (isThere ? offered(response) : void response.writeHead(404).end('404 page not found\n')),
    });
    await pass(1800);
    expect(asked()).toEqual(['', '', '']);
    isThere = true;
    await pass(600);
    (await cluster.watch('pods')).line('MODIFIED', pod('a', { version: '101', status: { ready: false } }));
    await settle();
    await pass(30);
    expect(asked().slice(4)).toContain('/namespaces/n/pods/a');
    await end();
    expect(notes()).toMatchObject([
      { resource: 'pods.metrics.k8s.io', reason: 'no memory samples, the cluster does not offer them: 404 page not found' },
    ]);
  });

  test('lists are refused: pod by pod; those too: neither, for some minutes', async () => {
    const answers: Record<string, Answer> = {
      [podsOf('n')]: forbidden('list'),
      [`${podsOf('n')}/a`]: forbidden('get'),
      [`${podsOf('n')}/b`]: forbidden('get'),
    };
    const { pass, end, asked, notes } = await start([pod('a'), pod('b')], answers);
    await pass(15);
    expect(asked()).toEqual(['', '/namespaces/n/pods']);
    await pass(15);
    expect(asked().slice(2).toSorted()).toEqual(['/namespaces/n/pods/a', '/namespaces/n/pods/b']);
    await pass(300);
    expect(asked().slice(4)).toEqual([]);
    await pass(600);
    const later = asked().slice(4);
    expect(later).toContain('/namespaces/n/pods');
    await end();
    expect(notes().map(({ resource, namespace, reason }) => [resource, namespace, reason?.match(/cannot (\w+)/)?.[1]])).toEqual([
      ['pods.metrics.k8s.io', undefined, 'list'],
      ['pods.metrics.k8s.io', undefined, 'get'],
    ]);
  });

  test('in one of two namespaces: the other is sampled', async () => {
    const answers: Record<string, Answer> = {
      [`${podsOf('n')}/a`]: forbidden('get'),
      [podsOf('n')]: forbidden('list'),
      [`${podsOf('m')}/b`]: (response) => sendJson(response, 200, metrics('b', 20, '1Mi', 'm')),
    };
    const { pass, end, notes, collector } = await start([pod('a'), pod('b', { namespace: 'm' })], answers, { namespaces: ['n', 'm'] });
    await pass(60);
    expect(collector.status().usage).toMatchObject({ containers: 2, samples: 1 });
    await end();
    expect(notes().map(({ namespace, reason }) => [namespace, reason?.match(/cannot (\w+)/)?.[1]])).toEqual([
      ['n', 'get'],
      ['n', 'list'],
    ]);
  });

  test('a metrics-server that is down: asked ever more rarely, and told when it stays so', async () => {
    const { pass, end, asked, notes } = await start([pod('a')], {
      [root]: (response) => sendStatus(response, 503, 'the server is currently unable to handle the request'),
    });
    await pass(60);
    expect([asked().length, notes().length]).toEqual([2, 0]);
    await pass(3600);
    expect(asked().length).toBeLessThan(14);
    await end();
    expect(notes().map(({ reason }) => reason)).toEqual([
      'no memory samples, the cluster does not offer them: the server is currently unable to handle the request',
    ]);
  });
});
