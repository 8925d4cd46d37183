import { describe, expect, test } from 'vitest';
import type { WorkloadKey } from '#core/store-model.ts';
import type { Observation } from '#core/wire/observation.ts';
import { coverage, heartbeat, node } from '../../support/build-cluster-observations.ts';
import { incident, timeline } from '../../support/build-incident.ts';
import { at, deployment, event, key, log, pod, replicaSet } from '../../support/build-observations.ts';
import type { OpenStore } from '../incident-store.suite.ts';
import { idsFound, idsOf } from './observations.suite.ts';

const api = { ...key };
const other: WorkloadKey = { ...key, name: 'web' };
const web = { kind: 'Deployment', name: 'web', chain: [{ kind: 'Deployment', name: 'web', uid: 'deploy-web' }] };

function about(object: { kind: string; name: string; uid?: string; namespace?: string }, seconds = 50) {
  return event(seconds, {
    reason: 'Test',
    message: `about ${object.kind} ${object.name}`,
    involvedObject: { namespace: 'shop', ...object },
  });
}

/** Which records belong to a workload, and which workloads a record touches. */
export function describeRelevance(open: OpenStore): void {
  describe('records of a workload', () => {
    const scene: Observation[] = [
      pod(1, { volumes: [{ name: 'data', source: 'persistentVolumeClaim', ref: 'data-0' }] }),
      log(2, 'containerd://c1', 'fatal\n'),
      deployment(3),
      about({ kind: 'Pod', name: 'api-7d9f-abcde', uid: 'pod-1' }),
      about({ kind: 'Pod', name: 'api-7d9f-abcde' }),
      about({ kind: 'ReplicaSet', name: 'api-7d9f', uid: 'rs-1' }),
      about({ kind: 'Deployment', name: 'api', uid: 'deploy-1' }),
      about({ kind: 'PersistentVolumeClaim', name: 'data-0', uid: 'uid-claim' }),
      about({ kind: 'Node', name: 'node-1', uid: 'node-1' }),
      node(40, '9001'),
      coverage(41),
      coverage(42, { namespace: 'shop' }),
    ];
    const foreign: Observation[] = [
      pod(1, { name: 'web-1', uid: 'pod-web', workload: web, node: 'node-2' }),
      about({ kind: 'Pod', name: 'web-1', uid: 'pod-web' }),
      about({ kind: 'PersistentVolumeClaim', name: 'data-0', uid: 'uid-claim-2', namespace: 'other' }),
      about({ kind: 'Node', name: 'node-2', uid: 'node-2' }),
      node(40, '9002', { name: 'node-2', uid: 'uid-node-2' }),
      coverage(43, { namespace: 'other' }),
      heartbeat(44),
    ];

    test("its own, its objects' by uid or name, its nodes' and claims', and the coverage notes of its namespace", async () => {
      const store = await open();
      await store.indexObservations('test', [...foreign, ...scene]);
      expect(await idsFound(store, api)).toEqual(idsOf(scene));
    });

    test('the same set whatever the order of arrival', async () => {
      const store = await open();
      for (const record of [...scene, ...foreign].toReversed()) await store.indexObservations('test', [record]);
      expect(await idsFound(store, api)).toEqual(idsOf(scene));
    });

    test('who resolved more owners is believed, also when the record itself is a duplicate', async () => {
      const shallow = { kind: 'ReplicaSet', name: 'api-7d9f', chain: [{ kind: 'ReplicaSet', name: 'api-7d9f', uid: 'rs-1' }] };
      const full = pod(1);
      const poor = { ...full, workload: shallow };
      for (const order of [
        [full, poor],
        [poor, full],
      ]) {
        const store = await open();
        for (const record of order) await store.indexObservations('test', [record]);
        expect(await idsFound(store, api)).toEqual([full.id]);
        expect(await idsFound(store, { ...api, kind: 'ReplicaSet', name: 'api-7d9f' })).toEqual([]);
      }
    });

    test('a node counts while a pod of the workload was on it, not long after', async () => {
      const store = await open();
      const during = node(50, '9001');
      const justAfter = node(100, '9002');
      const longAfter = node(5000, '9003');
      await store.indexObservations('test', [pod(1), pod(90, { deleted: true }), during, justAfter, longAfter]);
      const found = await idsFound(store, api);
      expect(found).toEqual(expect.arrayContaining([during.id, justAfter.id]));
      expect(found).not.toContain(longAfter.id);
    });

    test('a coverage note counts when it is near the records of the workload', async () => {
      const store = await open();
      const near = coverage(4000, { from: at(1000), to: at(4000) });
      const far = coverage(20_000, { from: at(19_000), to: at(20_000) });
      await store.indexObservations('test', [pod(1), near, far]);
      const found = await idsFound(store, api);
      expect(found).toContain(near.id);
      expect(found).not.toContain(far.id);
    });
  });

  describe('touched workloads', () => {
    test.each([
      ['an event about its pod', about({ kind: 'Pod', name: 'api-7d9f-abcde', uid: 'pod-1' })],
      ['an event that names its pod without uid', about({ kind: 'Pod', name: 'api-7d9f-abcde' })],
      ['an event about its ReplicaSet', about({ kind: 'ReplicaSet', name: 'api-7d9f', uid: 'rs-1' })],
      ['an event about its claim', about({ kind: 'PersistentVolumeClaim', name: 'data-0', uid: 'uid-claim' })],
      ['a node its pod is on', node(60, '9001')],
      ['an event about that node', about({ kind: 'Node', name: 'node-1' })],
      ['its ReplicaSet', replicaSet(60)],
    ])('%s', async (_, record) => {
      const store = await open();
      await store.indexObservations('test', [pod(1, { volumes: [{ name: 'data', source: 'persistentVolumeClaim', ref: 'data-0' }] })]);
      expect((await store.indexObservations('test', [record])).touched).toEqual([{ ...api, version: 2 }]);
    });

    test.each([
      ['another pod', about({ kind: 'Pod', name: 'web-1', uid: 'pod-web' })],
      ['another node', node(60, '9002', { name: 'node-2', uid: 'uid-node-2' })],
      ['its node, long after its pod was gone', node(5000, '9003')],
      ['a coverage note, while it has no incident', coverage(60)],
    ])('not by %s', async (_, record) => {
      const store = await open();
      await store.indexObservations('test', [pod(1), pod(2, { deleted: true })]);
      expect((await store.indexObservations('test', [record])).touched).toEqual([]);
    });

    test('a coverage note touches workloads with incidents at about its time', async () => {
      const store = await open();
      const { touched } = await store.indexObservations('test', [pod(1), pod(1, { name: 'web-1', uid: 'pod-web', workload: web })]);
      const saved = touched.find(({ name }) => name === 'api')!;
      await store.saveIncidents(saved, [{ incident: incident(), documents: [timeline()] }], 1);

      expect((await store.indexObservations('test', [coverage(60)])).touched).toEqual([{ ...api, version: 2 }]);
      expect((await store.indexObservations('test', [coverage(61, { namespace: 'elsewhere' })])).touched).toEqual([]);
      expect((await store.indexObservations('test', [coverage(90_000)])).touched).toEqual([]);
    });

    test('both workloads, when an object turns out to belong to another', async () => {
      const store = await open();
      await store.indexObservations('test', [pod(1, { workload: { kind: 'ReplicaSet', name: 'api-7d9f', chain: [] } })]);
      const { touched } = await store.indexObservations('test', [pod(2)]);
      expect(touched.map(({ kind, name }) => `${kind}/${name}`).toSorted()).toEqual(['Deployment/api', 'ReplicaSet/api-7d9f']);
      expect(await idsFound(store, other)).toEqual([]);
    });
  });
}
