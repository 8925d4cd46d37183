import { describe, expect, test } from 'vitest';
import type { OwnerRef } from '#core/wire/workload-ref.ts';
import { createOwnerIndex } from '../../../collector/workload/owner-index.ts';
import { createWorkloadResolver, type OwnerAnswer } from '../../../collector/workload/resolve-workload.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createSilentLogger } from '../support/silent-logger.ts';

const own = (kind: string, name: string, uid: string) => ({ apiVersion: 'x/v1', kind, name, uid, controller: true });
const made = (name: string, uid: string, owner?: ReturnType<typeof own>, labels = {}) => ({
  metadata: {
    namespace: 'shop',
    name,
    uid,
    labels,
    ...(owner && { ownerReferences: [own('Other', 'not', 'n'), owner].map((o, i) => ({ ...o, controller: i === 1 })) }),
  },
});

function setUp(answer: (owner: OwnerRef, namespace: string) => OwnerAnswer = () => ({ kind: 'refused' })) {
  const clock = createManualClock();
  const index = createOwnerIndex(clock, 100);
  const logger = createSilentLogger();
  const asked: string[] = [];
  const getOwner = (owner: OwnerRef, namespace: string) => {
    asked.push(`${namespace}/${owner.kind}/${owner.name}`);
    return Promise.resolve(answer(owner, namespace));
  };
  return { clock, index, asked, logger, resolver: createWorkloadResolver({ index, getOwner, logger }) };
}

describe('chains whose owners were watched', () => {
  const { resolver, asked } = setUp();
  resolver.learn(made('web-6f9', 'rs', own('Deployment', 'web', 'dep')), 'ReplicaSet');
  resolver.learn(made('nightly-290', 'job', own('CronJob', 'nightly', 'cron')), 'Job');
  resolver.learn(made('once', 'job2'), 'Job');
  resolver.learn(made('canary-5c', 'rs2', own('Rollout', 'canary', 'ro')), 'ReplicaSet');

  test.each([
    [
      'a Deployment',
      'Pod',
      made('web-6f9-x', 'p', own('ReplicaSet', 'web-6f9', 'rs')),
      [own('ReplicaSet', 'web-6f9', 'rs'), own('Deployment', 'web', 'dep')],
    ],
    [
      'a CronJob',
      'Pod',
      made('nightly-290-x', 'p', own('Job', 'nightly-290', 'job')),
      [own('Job', 'nightly-290', 'job'), own('CronJob', 'nightly', 'cron')],
    ],
    ['a Job of its own', 'Pod', made('once-x', 'p', own('Job', 'once', 'job2')), [own('Job', 'once', 'job2')]],
    ['a StatefulSet', 'Pod', made('db-0', 'p', own('StatefulSet', 'db', 'sts')), [own('StatefulSet', 'db', 'sts')]],
    ['a DaemonSet', 'Pod', made('agent-x', 'p', own('DaemonSet', 'agent', 'ds')), [own('DaemonSet', 'agent', 'ds')]],
    ['a custom owner, as it is', 'Pod', made('x', 'p', own('Workflow', 'build', 'wf')), [own('Workflow', 'build', 'wf')]],
    [
      'a custom owner of a ReplicaSet',
      'Pod',
      made('c-x', 'p', own('ReplicaSet', 'canary-5c', 'rs2')),
      [own('ReplicaSet', 'canary-5c', 'rs2'), own('Rollout', 'canary', 'ro')],
    ],
    ['the ReplicaSet itself', 'ReplicaSet', made('web-6f9', 'rs', own('Deployment', 'web', 'dep')), [own('Deployment', 'web', 'dep')]],
  ])('%s', async (_, kind, object, owners) => {
    const chain = owners.map(({ kind: ownerKind, name, uid }) => ({ kind: ownerKind, name, uid }));
    expect(await resolver.workloadOf(object, kind)).toEqual({ ...chain.at(-1), chain });
    expect(asked).toEqual([]);
  });

  test.each([
    ['a bare pod', 'Pod', made('bare', 'p')],
    ['a mirror pod, owned by its node', 'Pod', made('etcd-node-1', 'p', own('Node', 'node-1', 'n'))],
    ['a Deployment that an operator owns', 'Deployment', made('kafka', 'd', own('Kafka', 'k', 'k'))],
    ['a ReplicaSet of its own', 'ReplicaSet', made('alone', 'r')],
  ])('%s is its own workload', async (_, kind, object) => {
    const { name, uid } = object.metadata;
    expect(await resolver.workloadOf(object, kind)).toEqual({ kind, name, uid, chain: [] });
  });
});

describe('an owner nobody has seen', () => {
  const pod = made('web-6f9-x', 'p', own('ReplicaSet', 'web-6f9', 'rs'), { 'pod-template-hash': '6f9' });
  const replicaSet = { kind: 'ReplicaSet', name: 'web-6f9', uid: 'rs' };

  test('is read once', async () => {
    const { resolver, asked } = setUp(() => ({ kind: 'found', raw: made('web-6f9', 'rs', own('Deployment', 'web', 'dep')) }));
    const expected = { kind: 'Deployment', name: 'web', uid: 'dep', chain: [replicaSet, { kind: 'Deployment', name: 'web', uid: 'dep' }] };
    expect(await resolver.workloadOf(pod, 'Pod')).toEqual(expected);
    expect(await resolver.workloadOf(pod, 'Pod')).toEqual(expected);
    expect(asked).toEqual(['shop/ReplicaSet/web-6f9']);
  });

  test.each([
    ['refused', { kind: 'refused' }],
    ['another object of that name', { kind: 'found', raw: made('web-6f9', 'other') }],
  ] satisfies [string, OwnerAnswer][])('%s: derived from the pod template hash, and not asked for again', async (_, answer) => {
    const { resolver, asked } = setUp(() => answer);
    const expected = { kind: 'Deployment', name: 'web', chain: [replicaSet, { kind: 'Deployment', name: 'web' }] };
    expect(await resolver.workloadOf(pod, 'Pod')).toEqual(expected);
    expect(await resolver.workloadOf(pod, 'Pod')).toEqual(expected);
    expect(asked).toHaveLength(1);
  });

  test('a failure is asked for again, and said', async () => {
    const { resolver, asked, logger } = setUp(() => ({ kind: 'failed', reason: 'HTTP 503' }));
    expect(await resolver.workloadOf(pod, 'Pod')).toMatchObject({ kind: 'Deployment', name: 'web' });
    await resolver.workloadOf(pod, 'Pod');
    expect(asked).toHaveLength(2);
    expect(logger.lines.map(({ event }) => event)).toEqual(['owner-not-read', 'owner-not-read']);
  });

  test.each([
    [
      'a ReplicaSet whose name does not carry the hash',
      made('x', 'p', own('ReplicaSet', 'web', 'rs'), { 'pod-template-hash': '6f9' }),
      'ReplicaSet',
    ],
    ['a Job that looks like one of a CronJob', made('x', 'p', own('Job', 'nightly-29012345', 'j')), 'Job'],
  ])('%s stays what it is', async (_, object, kind) => {
    const { resolver } = setUp();
    expect(await resolver.workloadOf(object, 'Pod')).toMatchObject({ kind, chain: [{ kind }] });
  });
});

describe('the index', () => {
  test('forgets the deleted after ten minutes, and not before', async () => {
    const { clock, index } = setUp();
    index.learn('rs', { kind: 'ReplicaSet', name: 'web-6f9' });
    index.forgetSoon('rs');
    await clock.advance(599_000);
    index.learn('other', { kind: 'Job', name: 'j' });
    expect(index.find('rs')).toEqual({ kind: 'ReplicaSet', name: 'web-6f9' });
    await clock.advance(1000);
    index.learn('another', { kind: 'Job', name: 'j' });
    expect(index.find('rs')).toBeUndefined();
    expect(index.size()).toBe(2);
  });

  test('never grows past its limit: the oldest go', () => {
    const { index } = setUp();
    for (let at = 0; at < 150; at++) index.learn(`uid-${at}`, { kind: 'Job', name: 'j' });
    expect(index.size()).toBe(100);
    expect(index.find('uid-49')).toBeUndefined();
    expect(index.find('uid-50')).toBeDefined();
  });
});
