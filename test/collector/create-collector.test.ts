import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import { createCollector } from '../../collector/create-collector.ts';
import { openFileSpool } from '../../collector/spool/file-spool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { openWatch, sendJson } from './support/api-double.ts';
import { createManualClock } from './support/manual-clock.ts';
import { createSilentLogger } from './support/silent-logger.ts';
import { startSmallCluster } from './support/small-cluster.ts';
import { cleanUps, isSettled, pod, running, startCollector } from './support/start-collector.ts';

const kinds = (observations: readonly Observation[]) => observations.map((one) => (one.kind === 'coverage' ? one.note : one.kind));

describe('what is shipped', () => {
  test('a pod once for each state that matters, a deletion with its last state', async () => {
    const { collector, cluster, observations, end } = await startCollector({ objects: { pods: [pod('90')] } });
    const watch = await cluster.watch('pods');
    watch.line('MODIFIED', pod('101'));
    watch.line('MODIFIED', pod('102', { ready: true }));
    watch.line('DELETED', pod('103', { ready: true }));
    await collector.quiet(new Map([['pods', '103']]));
    expect(collector.status().pods).toBe(0);
    await end();
    const pods = observations.flatMap((one) => (one.kind === 'pod' ? [one] : []));
    expect(pods.map(({ resourceVersion, deleted }) => [resourceVersion, deleted])).toEqual([
      ['90', undefined],
      ['102', undefined],
      ['103', true],
    ]);
    expect(pods[0]).toMatchObject({
      cluster: 'prod',
      observedAt: '2026-11-22T11:00:00.000Z',
      workload: { kind: 'Pod', name: 'p', uid: 'u', chain: [] },
    });
  });

  test('a workload and a node once for each state that matters', async () => {
    const made = (resourceVersion: string, extra: object = {}) => ({
      metadata: { namespace: 'n', name: 'd', uid: 'd', resourceVersion, creationTimestamp: '2026-11-22T10:59:00Z' },
      ...extra,
    });
    const { collector, cluster, observations, end } = await startCollector();
    await collector.quiet(new Map());
    const [deployments, nodes] = [await cluster.watch('deployments'), await cluster.watch('nodes')];
    deployments.line('ADDED', made('101'));
    deployments.line('MODIFIED', made('102'));
    deployments.line('MODIFIED', made('103', { spec: { replicas: 3 } }));
    deployments.line('DELETED', made('104', { spec: { replicas: 3 } }));
    nodes.line(
      'ADDED',
      made('101', { status: { conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime: '2026-11-22T11:00:00Z' }] } }),
    );
    nodes.line(
      'MODIFIED',
      made('105', { status: { conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime: '2026-11-22T11:00:10Z' }] } }),
    );
    await collector.quiet(
      new Map([
        ['deployments', '104'],
        ['nodes', '105'],
      ]),
    );
    await end();
    const states = observations.flatMap((one) =>
      one.kind === 'workload' || one.kind === 'node' ? [[one.kind, one.resourceVersion, one.deleted]] : [],
    );
    expect(states.filter(([kind]) => kind === 'workload')).toEqual([
      ['workload', '101', undefined],
      ['workload', '103', undefined],
      ['workload', '104', true],
    ]);
    expect(states.filter(([kind]) => kind === 'node')).toEqual([['node', '101', undefined]]);
  });

  test('a death that shows only as lastState: the log of the previous instance is asked for first', async () => {
    const status = { restartCount: 1, ...running, containerID: 'y', lastState: { terminated: { exitCode: 1, containerID: 'x' } } };
    const { collector, cluster, end } = await startCollector({
      objects: { pods: [pod('90', status)] },
      answers: {
        '/api/v1/namespaces/n/pods/p': (response) => sendJson(response, 200, pod('90', status)),
        '/api/v1/namespaces/n/pods/p/log': (response) => void response.end('2026-11-22T10:59:01.000000000Z bye\n'),
      },
    });
    await collector.quiet(new Map());
    await end();
    const asked = cluster.asked.filter(({ path }) => path.endsWith('/log'));
    expect(asked.map(({ query }) => query.previous)).toEqual(['true']);
  });

  test('an event list that comes again sends only what is new', async () => {
    const event = (name: string, resourceVersion: string) => ({
      metadata: { namespace: 'n', name, uid: name, resourceVersion },
      involvedObject: { kind: 'Pod', name: 'p' },
      type: 'Normal',
    });
    const objects = { events: [event('a', '50')] };
    const { collector, cluster, clock, observations, end } = await startCollector({ objects });
    await collector.quiet(new Map());
    objects.events = [event('a', '50'), event('b', '120')];
    const watch = await cluster.watch('events');
    watch.line('ERROR', { kind: 'Status', code: 410, message: 'too old' });
    watch.end();
    await clock.sleeping(1000);
    await clock.advance(1000);
    await collector.quiet(new Map());
    await end();
    expect(observations.flatMap((one) => (one.kind === 'event' ? [one.name] : []))).toEqual(['a', 'b']);
    expect(observations.find((one) => one.kind === 'coverage' && one.note === 'relist')).toMatchObject({
      resource: 'events',
      from: '2026-11-22T11:00:00.000Z',
      to: '2026-11-22T11:00:01.000Z',
      counts: { listed: 2, gone: 0 },
    });
  });

  test('pods that were gone at a relist are forgotten and counted', async () => {
    const objects: { pods: object[] } = { pods: [pod('90')] };
    const { collector, cluster, clock, observations, end } = await startCollector({ objects });
    await collector.quiet(new Map());
    objects.pods = [];
    const watch = await cluster.watch('pods');
    watch.line('ERROR', { kind: 'Status', code: 410, message: 'too old' });
    watch.end();
    await clock.sleeping(1000);
    await clock.advance(1000);
    await collector.quiet(new Map());
    expect(collector.status().pods).toBe(0);
    await end();
    expect(observations.find((one) => one.kind === 'coverage' && one.note === 'relist')).toMatchObject({
      resource: 'pods',
      counts: { listed: 0, gone: 1 },
    });
  });

  test('a container that is still not ready after half a minute: its log, once', async () => {
    const { collector, cluster, clock, observations, end } = await startCollector({
      answers: {
        '/api/v1/namespaces/n/pods/p': (response) => sendJson(response, 200, pod('101', running)),
        '/api/v1/namespaces/n/pods/p/log': (response) => void response.end('2026-11-22T11:00:01.000000000Z waiting for db\n'),
      },
    });
    await collector.quiet(new Map());
    (await cluster.watch('pods')).line('ADDED', pod('101', running));
    await collector.quiet(new Map([['pods', '101']]));
    await clock.advance(29_999);
    expect(collector.status().logs).toEqual({ taken: 0, missing: 0, skipped: 0 });
    await clock.advance(1);
    await collector.quiet(new Map());
    expect(collector.status().logs).toEqual({ taken: 1, missing: 0, skipped: 0 });
    await clock.advance(60_000);
    await end();
    const logs = observations.filter(({ kind }) => kind === 'log');
    expect(logs).toMatchObject([{ container: 'c', containerID: 'x', final: false, text: 'waiting for db\n' }]);
  });

  test('a resource that may not be listed is told in the words of the API, and the rest goes on', async () => {
    const { collector, logger, observations, end } = await startCollector({ forbidden: ['nodes'], objects: { pods: [pod('90')] } });
    await collector.quiet(new Map());
    await end();
    expect(logger.lines.filter(({ event }) => event === 'source-refused').map(({ fields }) => fields)).toEqual([
      {
        resource: 'nodes',
        reason: 'nodes is forbidden: User "u" cannot list resource "nodes"',
        way: '"mortem doctor" says which rights are missing, and what is lost without them. Rights in some namespaces only: name them with -n.',
      },
    ]);
    expect(observations.find((one) => one.kind === 'coverage' && one.note === 'forbidden')).toMatchObject({
      resource: 'nodes',
      reason: 'nodes is forbidden: User "u" cannot list resource "nodes"',
    });
    expect(kinds(observations)).toContain('pod');
    const last = observations.at(-1);
    expect(last).toMatchObject({ kind: 'coverage', note: 'heartbeat' });
    expect(JSON.stringify(last)).not.toContain('nodes');
  });

  test('some namespaces: each resource in each of them, and no nodes', async () => {
    const { collector, cluster, end } = await startCollector({ namespaces: ['a', 'b'] });
    await collector.quiet(new Map());
    await end();
    const lists = cluster.asked.filter(({ query }) => query.limit !== undefined).map(({ path }) => path);
    expect(lists.filter((path) => path.endsWith('/pods'))).toEqual(['/api/v1/namespaces/a/pods', '/api/v1/namespaces/b/pods']);
    expect(lists).toHaveLength(16);
    expect(lists.some((path) => path.includes('nodes'))).toBe(false);
  });
});

describe('start and end', () => {
  test('owners are listed before pods, and pods before events', async () => {
    const held = Promise.withResolvers<() => void>();
    const hold = (response: ServerResponse) =>
      held.resolve(() => sendJson(response, 200, { metadata: { resourceVersion: '100' }, items: [] }));
    const answers = {
      '/apis/apps/v1/replicasets': (response: ServerResponse, query: Readonly<Record<string, string>>) =>
        query.limit === undefined ? openWatch(response) : hold(response),
    };
    const { collector, cluster } = await startCollector({ answers });
    const listed = () => cluster.asked.filter(({ query }) => query.limit !== undefined).map(({ path }) => path.split('/').at(-1));
    const release = await held.promise;
    await cluster.watch('nodes');
    await isSettled(held.promise);
    expect(listed()).toEqual(['deployments', 'replicasets', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs', 'nodes']);
    release();
    await collector.quiet(new Map());
    expect(listed().slice(-2)).toEqual(['pods', 'events']);
  });

  test('draining ships everything, says a last heartbeat, and leaves no sleeper behind', async () => {
    const { collector, cluster, clock, observations, end } = await startCollector();
    (await cluster.watch('pods')).line('ADDED', pod('101', running));
    await collector.quiet(new Map([['pods', '101']]));
    await clock.advance(2000);
    await end();
    expect(kinds(observations)).toEqual(['heartbeat', 'pod', 'heartbeat']);
    expect(observations.at(-1)?.observedAt).toBe('2026-11-22T11:00:02.000Z');
    expect(collector.status().spool.observations).toBe(0);
    expect(clock.sleepers()).toEqual([]);
  });

  test.each([
    ['on disk', 'warn', 'in the spool: they are shipped by the next start'],
    ['in memory', 'error', 'nowhere: they end with this process'],
  ])('what cannot be shipped at the end is said, with what becomes of it: a spool %s', async (where, level, kept) => {
    const spool = where === 'on disk' ? await openFileSpool({ dir: await temporaryDirectory() }) : undefined;
    if (spool !== undefined) cleanUps.push(() => spool.close());
    const { collector, clock, logger, end } = await startCollector({
      answer: () => Promise.resolve({ kind: 'unreachable', reason: 'nobody is there' }),
      ...(spool !== undefined && { options: { spool } }),
    });
    await collector.quiet(new Map());
    const ended = end();
    // Its last tries wait for each other.
    while (!(await isSettled(ended))) await clock.advance(1000);
    expect(logger.lines.filter(({ event }) => event === 'drained-incompletely')).toEqual([
      { level, event: 'drained-incompletely', fields: { left: 2, kept } },
    ]);
  });

  test('drain ends run, and can be called again', async () => {
    const { collector, run, observations } = await startCollector();
    await collector.quiet(new Map());
    await Promise.all([collector.drain(), collector.drain()]);
    await run;
    expect(kinds(observations)).toEqual(['heartbeat', 'heartbeat']);
  });

  test('an API server that is not there', async () => {
    const { cluster, end } = await startCollector();
    const { url } = cluster;
    await end();
    await cluster.close();
    const collector = createCollector({
      kubeConfig: cluster.kubeConfig,
      server: { url: 'http://127.0.0.1:1', key: 'k' },
      cluster: 'c',
      name: 'n',
      version: '1',
      namespaces: [],
      clock: createManualClock(),
      random: Math.random,
      logger: createSilentLogger(),
    });
    await expect(collector.run(new AbortController().signal)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(`Cannot reach the Kubernetes API at ${url}: connect ECONNREFUSED`),
    });
  });

  test('a credential that is refused', async () => {
    const unauthorized = {
      '/version': (response: Parameters<typeof sendJson>[0]) => sendJson(response, 401, { kind: 'Status', message: 'Unauthorized' }),
    };
    const cluster = await startSmallCluster({ answers: unauthorized });
    cleanUps.push(() => cluster.close());
    const collector = createCollector({
      kubeConfig: cluster.kubeConfig,
      server: { url: 'http://127.0.0.1:1', key: 'k' },
      cluster: 'c',
      name: 'n',
      version: '1',
      namespaces: [],
      clock: createManualClock(),
      random: Math.random,
      logger: createSilentLogger(),
    });
    await expect(collector.run(new AbortController().signal)).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining("Check the kubeconfig's user"),
    });
  });
});
