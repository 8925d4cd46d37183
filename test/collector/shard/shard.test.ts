import { describe, expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import { sendJson, sendStatus } from '../support/api-double.ts';
import { pod, startCollector } from '../support/start-collector.ts';

const event = (name: string, uid: string, resourceVersion = '100') => ({
  metadata: { namespace: 'n', name, uid: name, resourceVersion },
  involvedObject: { kind: 'Pod', name: 'p', uid },
  type: 'Warning',
});
const owned = (resourceVersion: string) => ({
  ...pod(resourceVersion),
  metadata: { ...pod(resourceVersion).metadata, ownerReferences: [{ kind: 'ReplicaSet', name: 'web-1', uid: 'rs', controller: true }] },
});
const ofKind = (observations: readonly Observation[], kind: Observation['kind']) => observations.filter((one) => one.kind === kind);

describe('the shard of a node', () => {
  const node = { shard: { kind: 'node', name: 'worker-1' } } as const;

  test('asks for the pods of its node and for events of pods, in lists and in watches, and for nothing else', async () => {
    const { collector, cluster, end } = await startCollector({ options: node });
    await collector.quiet(new Map());
    await end();
    expect(cluster.asked.map(({ path, query }) => [path, query.watch ?? 'list', query.fieldSelector])).toEqual([
      ['/version', 'list', undefined],
      ['/api/v1/pods', 'list', 'spec.nodeName=worker-1'],
      ['/api/v1/pods', 'true', 'spec.nodeName=worker-1'],
      ['/api/v1/events', 'list', 'involvedObject.kind=Pod'],
      ['/api/v1/events', 'true', 'involvedObject.kind=Pod'],
    ]);
  });

  test('tells only the events of pods that it has seen', async () => {
    const { collector, cluster, observations, end } = await startCollector({
      options: node,
      objects: { pods: [pod('90')], events: [event('mine', 'u'), event('elsewhere', 'other')] },
    });
    await collector.quiet(new Map());
    const watch = await cluster.watch('events');
    watch.line('ADDED', event('mine-too', 'u', '101'));
    watch.line('ADDED', event('elsewhere-too', 'other', '102'));
    await collector.quiet(new Map([['events', '102']]));
    await end();
    expect(ofKind(observations, 'event').map((one) => (one.kind === 'event' ? one.name : ''))).toEqual(['mine', 'mine-too']);
  });

  test('reads the owner of a pod instead of watching all owners', async () => {
    const replicaSet = {
      metadata: {
        namespace: 'n',
        name: 'web-1',
        uid: 'rs',
        ownerReferences: [{ kind: 'Deployment', name: 'web', uid: 'd', controller: true }],
      },
    };
    const { collector, observations, end } = await startCollector({
      options: node,
      objects: { pods: [owned('90')] },
      answers: { '/apis/apps/v1/namespaces/n/replicasets/web-1': (response) => sendJson(response, 200, replicaSet) },
    });
    await collector.quiet(new Map());
    await end();
    expect(ofKind(observations, 'pod')).toMatchObject([{ workload: { kind: 'Deployment', name: 'web' } }]);
  });
});

describe('the shard of what is on no node', () => {
  const rest = { shard: { kind: 'unscheduled' } } as const;

  test('watches everything, but only the pods that have no node', async () => {
    const { collector, cluster, end } = await startCollector({ options: rest });
    await collector.quiet(new Map());
    await end();
    const lists = cluster.asked.filter(({ query }) => query.limit !== undefined);
    expect(lists.map(({ path }) => path.split('/').at(-1))).toEqual([
      'deployments',
      'replicasets',
      'statefulsets',
      'daemonsets',
      'jobs',
      'cronjobs',
      'nodes',
      'pods',
      'events',
    ]);
    expect(lists.flatMap(({ query }) => query.fieldSelector ?? [])).toEqual(['spec.nodeName=']);
  });

  const path = '/api/v1/namespaces/n/pods/p';
  test.each<[string, (response: Parameters<typeof sendJson>[0]) => void, (true | undefined)[]]>([
    ['a pod that got a node is not told as deleted', (response) => sendJson(response, 200, pod('102')), [undefined]],
    ['a pod that is gone is', (response) => sendStatus(response, 404, 'pods "p" not found'), [undefined, true]],
    [
      'a pod whose name another has now is',
      (response) => sendJson(response, 200, { ...pod('102'), metadata: { ...pod('102').metadata, uid: 'next' } }),
      [undefined, true],
    ],
    ['a pod that cannot be read is not: nothing is known of it', (response) => sendStatus(response, 403, 'forbidden'), [undefined]],
  ])('%s', async (_, answer, deleted) => {
    const { collector, cluster, observations, end } = await startCollector({
      options: rest,
      objects: { pods: [pod('90')] },
      answers: { [path]: answer },
    });
    await collector.quiet(new Map());
    expect(collector.status().pods).toBe(1);
    (await cluster.watch('pods')).line('DELETED', pod('101'));
    await collector.quiet(new Map([['pods', '101']]));
    expect(collector.status().pods).toBe(0);
    await end();
    expect(ofKind(observations, 'pod').map((one) => (one.kind === 'pod' ? one.deleted : 'no pod'))).toEqual(deleted);
  });
});

test('pods that got a node while nobody watched are not told as gone', async () => {
  const objects: { pods: object[] } = { pods: [pod('90')] };
  const { collector, cluster, clock, observations, end } = await startCollector({ objects, options: { shard: { kind: 'unscheduled' } } });
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
  const notes = observations.flatMap((one) =>
    one.kind === 'coverage' && one.note !== 'heartbeat' ? [[one.note, one.resource, one.counts]] : [],
  );
  expect(notes).toEqual([['relist', 'pods', { listed: 0, gone: 0 }]]);
});

test('without logs no log is asked for, and each death says why it has none', async () => {
  const status = { restartCount: 1, containerID: 'y', state: { terminated: { exitCode: 1, containerID: 'y' } } };
  const { collector, cluster, observations, end } = await startCollector({
    options: { logs: false },
    objects: { pods: [pod('90', status)] },
  });
  await collector.quiet(new Map());
  await end();
  expect(cluster.asked.some(({ path }) => path.includes('/pods/p'))).toBe(false);
  expect(ofKind(observations, 'log')).toMatchObject([{ missing: { reason: 'logs are switched off for this collector (--no-logs)' } }]);
});

test('without nodes none are asked for', async () => {
  const { collector, cluster, end } = await startCollector({ options: { nodes: false } });
  await collector.quiet(new Map());
  await end();
  expect(cluster.asked.some(({ path }) => path.endsWith('/nodes'))).toBe(false);
  expect(cluster.asked.some(({ path }) => path.endsWith('/cronjobs'))).toBe(true);
});
