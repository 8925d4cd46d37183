import { describe, expect, test } from 'vitest';
import type { IncidentStore } from '#core/ports.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import { mergeObservations } from '#core/wire/merge.ts';
import type { Observation } from '#core/wire/observation.ts';
import { at, deployment, event, instant, key, log, pod, replicaSet } from '../../support/build-observations.ts';
import { heartbeat } from '../../support/build-cluster-observations.ts';
import type { OpenStore } from '../incident-store.suite.ts';

const api = { ...key };

export function idsOf(observations: readonly Observation[]): string[] {
  return observations.map(({ id }) => id).toSorted();
}

export async function idsFound(store: IncidentStore, workload: WorkloadKey): Promise<string[]> {
  return idsOf(await store.observationsOf(workload));
}

export function describeObservations(open: OpenStore): void {
  describe('observations', () => {
    test('what was indexed comes back unchanged', async () => {
      const store = await open();
      const records = [
        pod(1),
        event(2, { reason: 'BackOff', message: 'again' }),
        log(3, 'containerd://c1', 'fatal\n'),
        deployment(4),
        replicaSet(5),
      ];
      expect(await store.indexObservations('test', records)).toEqual({
        inserted: 5,
        duplicates: 0,
        touched: [{ ...api, version: 1 }],
      });
      const found = await store.observationsOf(api);
      expect(found.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(records.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    });

    test('a duplicate that changes nothing touches nothing', async () => {
      const store = await open();
      const records = [pod(1), log(3, 'containerd://c1', 'fatal\n')];
      await store.indexObservations('test', records);
      expect(await store.indexObservations('test', records)).toEqual({ inserted: 0, duplicates: 2, touched: [] });
      expect(
        await store.indexObservations(
          'test',
          records.map((record) => ({ ...record, observedAt: at(99) })),
        ),
      ).toEqual({
        inserted: 0,
        duplicates: 2,
        touched: [],
      });
      expect(await store.observationsOf(api)).toHaveLength(2);
    });

    test('of one record seen twice the earliest time and the longer log stay, in any order', async () => {
      const early = pod(1);
      const short = log(3, 'containerd://c1', 'fatal\n');
      const pairs: [Observation, Observation][] = [
        [early, { ...early, observedAt: at(9) }],
        [short, { ...short, observedAt: at(9), text: 'starting\nfatal\n' }],
      ];
      for (const [a, b] of pairs) {
        for (const order of [[[a], [b]], [[b], [a]], [[a, b]], [[b, a]]]) {
          const store = await open();
          for (const batch of order) await store.indexObservations('test', batch);
          expect(await store.observationsOf(api)).toEqual([mergeObservations(a, b)]);
        }
      }
    });

    test('batches that come at once, with several versions of the same records, lose none of what a merge keeps', async () => {
      const store = await open();
      const state = pod(1);
      const versions = Array.from({ length: 12 }, (_, index) => ({
        ...log(30 - index, 'containerd://c1', `${'starting\n'.repeat(index)}fatal\n`),
        id: log(0, 'containerd://c1', '').id,
      }));
      const batches = versions.map((version, index) => [
        version,
        { ...state, observedAt: at(40 - index) },
        event(2, { reason: `R${index}`, message: 'x' }),
      ]);
      const outcomes = await Promise.all(batches.map((batch) => store.indexObservations('test', batch)));
      expect(outcomes.reduce((total, { inserted }) => total + inserted, 0)).toBe(14);
      const found = await store.observationsOf(api);
      expect(found.find(({ kind }) => kind === 'log')).toEqual(versions.reduce<Observation>(mergeObservations, versions[0]!));
      expect(found.find(({ kind }) => kind === 'pod')).toEqual({ ...state, observedAt: at(29) });
      expect(found.filter(({ kind }) => kind === 'event')).toHaveLength(12);
      const [last] = await store.staleWorkloads(10);
      expect(last?.version).toBe(Math.max(...outcomes.flatMap(({ touched }) => touched.map(({ version }) => version))));
    });

    test('a change by merging touches the workload again, with a new version', async () => {
      const store = await open();
      const short = log(3, 'containerd://c1', 'fatal\n');
      await store.indexObservations('test', [short]);
      const again = await store.indexObservations('test', [{ ...short, text: 'starting\nfatal\n' }]);
      expect(again).toEqual({ inserted: 0, duplicates: 1, touched: [{ ...api, version: 2 }] });
    });

    test('more records than one statement takes are all stored', async () => {
      const store = await open();
      const records = Array.from({ length: 101 }, (_, index) => pod(index));
      expect(await store.indexObservations('test', records)).toMatchObject({ inserted: 101, duplicates: 0 });
      expect(await idsFound(store, api)).toEqual(idsOf(records));
    });

    test('clusters do not see each other, even with the same ids', async () => {
      const store = await open();
      const record = pod(1);
      await store.indexObservations('test', [record]);
      const other = await store.indexObservations('other', [{ ...record, cluster: 'other' }]);
      expect(other.inserted).toBe(1);
      expect((await store.observationsOf(api)).map(({ cluster }) => cluster)).toEqual(['test']);
    });

    test('the watermark is the latest data time seen, heartbeats and duplicates included', async () => {
      const store = await open();
      expect(await store.watermark('test')).toBe(0);
      await store.indexObservations('test', [pod(30), pod(10)]);
      expect(await store.watermark('test')).toBe(instant(30));
      expect(await store.indexObservations('test', [heartbeat(60)])).toEqual({ inserted: 1, duplicates: 0, touched: [] });
      expect(await store.indexObservations('test', [heartbeat(60)])).toEqual({ inserted: 0, duplicates: 1, touched: [] });
      await store.indexObservations('test', [pod(20)]);
      expect(await store.watermark('test')).toBe(instant(60));
      expect(await store.watermark('other')).toBe(0);
    });

    test('an empty batch is no trouble', async () => {
      const store = await open();
      expect(await store.indexObservations('test', [])).toEqual({ inserted: 0, duplicates: 0, touched: [] });
    });
  });
}
