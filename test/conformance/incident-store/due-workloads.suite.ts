import { describe, expect, test } from 'vitest';
import type { Incident } from '#core/incident/incident.ts';
import { heartbeat, node } from '../../support/build-cluster-observations.ts';
import { incident, timeline } from '../../support/build-incident.ts';
import { at, instant, key, pod } from '../../support/build-observations.ts';
import type { OpenStore } from '../incident-store.suite.ts';

const api = { ...key };

function documented(fields: Partial<Incident> = {}) {
  return [{ incident: incident(fields), documents: [timeline()] }];
}

/** Which workloads need another look, and why. */
export function describeDueWorkloads(open: OpenStore): void {
  describe('stale workloads', () => {
    test('from a change until its incidents are saved', async () => {
      const store = await open();
      await store.indexObservations('test', [pod(1)]);
      expect(await store.staleWorkloads(10)).toEqual([{ ...api, version: 1 }]);
      expect(await store.saveIncidents({ ...api, version: 1 }, [], instant(1))).toBe('saved');
      expect(await store.staleWorkloads(10)).toEqual([]);
    });

    test('what was made from an older version is not saved and leaves the mark', async () => {
      const store = await open();
      await store.indexObservations('test', [pod(1)]);
      await store.indexObservations('test', [pod(2)]);
      expect(await store.saveIncidents({ ...api, version: 1 }, documented(), instant(1))).toBe('outdated');
      expect(await store.incidents({})).toEqual([]);
      expect(await store.staleWorkloads(10)).toEqual([{ ...api, version: 2 }]);
    });

    test('nor what was made at an older watermark', async () => {
      const store = await open();
      await store.indexObservations('test', [pod(1)]);
      const settled = documented({ status: 'recovered', settled: true, recoveredAt: at(20) });
      expect(await store.saveIncidents({ ...api, version: 1 }, settled, instant(900))).toBe('saved');
      expect(await store.saveIncidents({ ...api, version: 1 }, documented(), instant(1))).toBe('outdated');
      expect((await store.incidents({}))[0]?.settled).toBe(true);
    });
  });

  test('all workloads, saved or not, in the order of their key', async () => {
    const store = await open();
    const other = { ...pod(3), uid: 'pod-9', id: 'e'.repeat(64), workload: { kind: 'DaemonSet', name: 'agent', chain: [] } };
    await store.indexObservations('test', [pod(1), other]);
    await store.saveIncidents({ ...api, version: 1 }, [], instant(3));
    expect((await store.allWorkloads()).map(({ kind, name }) => `${kind}/${name}`)).toEqual(['DaemonSet/agent', 'Deployment/api']);
  });

  describe('unsettled workloads', () => {
    test.each([
      ['open', { status: 'open', settled: false }, false],
      ['recovered, not settled', { status: 'recovered', settled: false, recoveredAt: at(20) }, true],
      ['recovered and settled', { status: 'recovered', settled: true, recoveredAt: at(20) }, false],
      ['ended', { status: 'ended', settled: false }, false],
    ] as const)('an incident that is %s', async (_, fields, due) => {
      const store = await open();
      await store.indexObservations('test', [pod(1), heartbeat(10_000)]);
      await store.saveIncidents({ ...api, version: 1 }, documented(fields), instant(10_000));
      expect(await store.unsettledWorkloads('test')).toEqual([]);

      await store.indexObservations('test', [heartbeat(20_000)]);
      expect(await store.unsettledWorkloads('test')).toEqual(due ? [{ ...api, version: 1 }] : []);
      expect(await store.unsettledWorkloads()).toEqual(due ? [{ ...api, version: 1 }] : []);
      expect(await store.unsettledWorkloads('other')).toEqual([]);
    });

    test('one without incident, until data time has passed every threshold its records could still cross', async () => {
      const store = await open();
      await store.indexObservations('test', [pod(1)]);
      await store.saveIncidents({ ...api, version: 1 }, [], instant(1));
      expect(await store.unsettledWorkloads('test')).toEqual([]);

      await store.indexObservations('test', [heartbeat(60)]);
      expect(await store.unsettledWorkloads('test')).toEqual([{ ...api, version: 1 }]);
      await store.saveIncidents({ ...api, version: 1 }, [], instant(60));

      // A long quiet stretch must not skip the thresholds in it.
      await store.indexObservations('test', [heartbeat(80_000)]);
      expect(await store.unsettledWorkloads('test')).toEqual([{ ...api, version: 1 }]);
      await store.saveIncidents({ ...api, version: 1 }, [], instant(80_000));
      await store.indexObservations('test', [heartbeat(90_000)]);
      expect(await store.unsettledWorkloads('test')).toEqual([]);
    });

    test('a pod that is being deleted, until its grace period is long over', async () => {
      const store = await open();
      await store.indexObservations('test', [pod(1, { deletionTimestamp: at(7200) }), heartbeat(5000)]);
      await store.saveIncidents({ ...api, version: 1 }, [], instant(5000));
      await store.indexObservations('test', [heartbeat(7300)]);
      expect(await store.unsettledWorkloads('test')).toEqual([{ ...api, version: 1 }]);
    });

    test('a lost node gives its workloads time again', async () => {
      const store = await open();
      await store.indexObservations('test', [pod(1), heartbeat(80_000)]);
      await store.saveIncidents({ ...api, version: 1 }, [], instant(80_000));
      await store.indexObservations('test', [node(80_001, '9001')]);
      await store.saveIncidents({ ...api, version: 2 }, [], instant(80_001));
      await store.indexObservations('test', [heartbeat(80_060)]);
      expect(await store.unsettledWorkloads('test')).toEqual([{ ...api, version: 2 }]);
    });
  });
}
