import { describe, expect, test } from 'vitest';
import type { IncidentStore } from '#core/ports.ts';
import type { WorkloadLedger } from '#core/ledger/workload-ledger.ts';
import type { Observation } from '#core/wire/observation.ts';
import { coverage } from '../../support/build-cluster-observations.ts';
import { incident } from '../../support/build-incident.ts';
import { at, event, instant, key, pod } from '../../support/build-observations.ts';
import type { OpenStore } from '../incident-store.suite.ts';

const empty: WorkloadLedger = { from: instant(0), terminations: [], waits: [], rollouts: [], podRuns: [] };
const next = { before: instant(5000), hash: 'told', uids: ['pod-old'] };

const old = [pod(1, { name: 'api-old', uid: 'pod-old' }), pod(60, { name: 'api-old', uid: 'pod-old', deleted: true })];
const living = pod(4000);

/** The old pod is left out; what began before is told for good. */
async function folded(open: OpenStore): Promise<IncidentStore> {
  const store = await open();
  await store.indexObservations('test', [...old, living]);
  const before = [{ incident: incident({ onsetAt: at(10) }), documents: [] }];
  expect(await store.saveIncidents({ ...key, version: 1 }, before, instant(4000), { ...empty, fold: { next } })).toBe('saved');
  return store;
}

async function idsToRead(store: IncidentStore): Promise<readonly string[]> {
  return (await store.unfoldedObservationsOf(key)).observations.map(({ id }) => id).toSorted();
}

function idsOf(...observations: readonly Observation[]): readonly string[] {
  return observations.map(({ id }) => id).toSorted();
}

/** What a build that continues another need not read. */
export function describeFolds(open: OpenStore): void {
  describe('folds', () => {
    test('leave out the objects that were named, for whoever continues the build, and for nobody else', async () => {
      const store = await folded(open);
      expect(await store.unfoldedObservationsOf(key)).toEqual({ observations: [living], fold: { before: next.before, hash: next.hash } });
      expect(idsOf(...(await store.observationsOf(key)))).toEqual(idsOf(...old, living));
    });

    test('last until something is saved that does not fold', async () => {
      const store = await folded(open);
      await store.saveIncidents({ ...key, version: 1 }, [], instant(4000), empty);
      expect(await store.unfoldedObservationsOf(key)).toEqual({ observations: await store.observationsOf(key) });
    });

    const young = pod(5001);
    const changes: readonly { readonly name: string; readonly records: readonly Observation[]; readonly folds: boolean }[] = [
      { name: 'a record of a later time', records: [young], folds: true },
      { name: 'a record that is known', records: [living], folds: true },
      { name: 'a note about a later time', records: [coverage(5002)], folds: true },
      { name: 'a record of an earlier time', records: [pod(4999)], folds: false },
      { name: 'a later record about what is gone', records: [pod(5001, { name: 'api-old', uid: 'pod-old' })], folds: false },
      {
        name: 'a later event about a name',
        records: [event(5001, { reason: 'Odd', message: 'x', involvedObject: { kind: 'Pod', namespace: 'shop', name: 'api-old' } })],
        folds: false,
      },
    ];
    for (const { name, records, folds } of changes) {
      test(`${name} ${folds ? 'keeps' : 'ends'} a fold`, async () => {
        const store = await folded(open);
        await store.indexObservations('test', records);
        expect((await store.unfoldedObservationsOf(key)).fold !== undefined).toBe(folds);
        expect((await idsToRead(store)).includes(old[0]?.id ?? '')).toBe(!folds);
      });
    }

    test('what continues a fold leaves the incidents of before alone, and folds further', async () => {
      const store = await folded(open);
      await store.indexObservations('test', [pod(5001)]);
      const later = incident({ id: 'INC-2222222222222222', onsetAt: at(5001) });
      const further = { since: next.before, next: { before: instant(6000), hash: 'further', uids: ['pod-1'] } };
      expect(
        await store.saveIncidents({ ...key, version: 2 }, [{ incident: later, documents: [] }], instant(5001), { ...empty, fold: further }),
      ).toBe('saved');
      expect((await store.incidents({})).map(({ onsetAt }) => onsetAt)).toEqual([at(5001), at(10)]);
      expect(await store.unfoldedObservationsOf(key)).toEqual({ observations: [], fold: { before: instant(6000), hash: 'further' } });
    });

    test('what continues another fold than the one that is stored is outdated', async () => {
      const store = await folded(open);
      const fold = { since: instant(4000) };
      expect(await store.saveIncidents({ ...key, version: 1 }, [], instant(4000), { ...empty, fold })).toBe('outdated');
      expect(await store.incidents({})).toHaveLength(1);
    });
  });
}
