import { describe, expect, test } from 'vitest';
import { container, event, instant, log, pod } from '../../support/build-observations.ts';
import { coverage, heartbeat } from '../../support/build-cluster-observations.ts';
import type { OpenStore } from '../incident-store.suite.ts';

export function describeOverview(open: OpenStore): void {
  describe('what pages ask for besides incidents', () => {
    test('everything about one pod, and nothing about its neighbour', async () => {
      const store = await open();
      const own = [
        pod(1),
        pod(5, { containers: [container({ restartCount: 1 })] }),
        event(2, { reason: 'BackOff', message: 'again' }),
        log(3, 'containerd://c1', 'fatal\n'),
      ];
      await store.indexObservations('test', [...own, pod(1, { uid: 'pod-2', name: 'api-7d9f-other' })]);
      const found = await store.observationsAbout('test', 'pod-1');
      expect(found.toSorted(byId)).toEqual(own.toSorted(byId));
      expect(await store.observationsAbout('elsewhere', 'pod-1')).toEqual([]);
      expect(await store.observationsAbout('test', 'pod-9')).toEqual([]);
    });

    test('clusters with the reach of their data', async () => {
      const store = await open();
      expect(await store.clusters()).toEqual([]);
      await store.indexObservations('test', [pod(7)]);
      await store.indexObservations('another', [{ ...pod(3), cluster: 'another' }]);
      expect(await store.clusters()).toEqual([
        { cluster: 'another', watermark: instant(3) },
        { cluster: 'test', watermark: instant(7) },
      ]);
    });

    test('the newest heartbeat of each collector stays, in any order of arrival', async () => {
      const beats = [
        coverage(60, { note: 'heartbeat', watches: [{ resource: 'pods' }] }),
        coverage(120, { note: 'heartbeat', watches: [{ resource: 'pods' }, { resource: 'events' }, { resource: 'pods', namespace: 'a' }] }),
        coverage(90, { note: 'heartbeat', collector: 'collector-2' }),
      ];
      for (const order of [beats, beats.toReversed()]) {
        const store = await open();
        for (const beat of order) await store.indexObservations('test', [beat]);
        expect(await store.collectors()).toEqual([
          { cluster: 'test', name: 'collector-1', beatAt: instant(120), watches: ['events', 'pods'] },
          { cluster: 'test', name: 'collector-2', beatAt: instant(90), watches: [] },
        ]);
      }
    });

    test('coverage notes since a time, oldest first, without heartbeats', async () => {
      const store = await open();
      const early = coverage(10, { note: 'watch-gap' });
      const late = coverage(50, { note: 'spool-dropped', counts: { pod: 3 } });
      const other = { ...coverage(40, { note: 'relist' }), cluster: 'another' };
      await store.indexObservations('test', [late, heartbeat(45), early, pod(44)]);
      await store.indexObservations('another', [other]);
      expect(await store.coverageSince(instant(0))).toEqual([early, other, late]);
      expect(await store.coverageSince(instant(20), 'test')).toEqual([late]);
      expect(await store.coverageSince(instant(51))).toEqual([]);
    });
  });
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
