import { describe, expect, test } from 'vitest';
import { MortemError } from '#core/errors.ts';
import type { PurgeScope } from '#core/ports.ts';
import { createIncidentStore } from '../../../db/incident-store.ts';
import { createPurgeStore } from '../../../db/retention/purge-store.ts';
import { createFileBlobStore } from '../../../functions/adapters/file-blob-store.ts';
import { systemClock } from '../../../functions/adapters/system-clock.ts';
import { indexBatches } from '../../../functions/usecases/index-batches.ts';
import { purge } from '../../../functions/usecases/purge.ts';
import { leaveBatch } from '../../support/accepted-batch.ts';
import { node } from '../../support/build-cluster-observations.ts';
import { incident, timeline } from '../../support/build-incident.ts';
import { at, instant, key, log, pod } from '../../support/build-observations.ts';
import { engines, type TestDatabase } from '../../support/engines.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const payments = { namespace: 'payments', name: 'pay-1', uid: 'pod-pay', workload: { kind: 'Deployment', name: 'pay', chain: [] } };
const pay = { ...key, namespace: 'payments', name: 'pay' };
const ofShop = incident({ id: 'INC-1111111111111111', onsetAt: at(10) });
const ofPayments = incident({
  id: 'INC-2222222222222222',
  onsetAt: at(500),
  namespace: 'payments',
  workload: { kind: 'Deployment', name: 'pay' },
});

/** Two namespaces in one batch, one of them alone in another that still waits, and another cluster. */
async function fill(openDatabase: () => Promise<TestDatabase>) {
  const database = (await openDatabase()).open();
  const store = createIncidentStore(database);
  const blobs = createFileBlobStore(await temporaryDirectory());
  const deps = { store, blobs, purged: createPurgeStore(database) };
  const mixed = await leaveBatch(deps, 'mixed', [pod(10), pod(500, payments), log(501, 'containerd://c1', 'fatal\n'), node(5, '9')]);
  const { touched } = await indexBatches({ ...deps, takeAccepted: () => undefined, clock: systemClock }, [mixed.id]);
  for (const workload of touched) {
    const made = workload.namespace === 'payments' ? ofPayments : ofShop;
    await store.saveIncidents(workload, [{ incident: made, documents: [timeline()] }], instant(501));
  }
  const waiting = await leaveBatch(deps, 'waiting', [pod(600, payments)]);
  await store.indexObservations('other', [{ ...pod(10), cluster: 'other' }]);
  return { ...deps, mixed, waiting };
}

type Filled = Awaited<ReturnType<typeof fill>>;

async function left({ store, blobs, mixed, waiting }: Filled) {
  const body = async (id: string) => {
    const row = await store.batch(id);
    return row === undefined ? undefined : { accepted: row.accepted, readable: (await blobs.get(row.blobKey)).length > 0 };
  };
  const records = async (workload: typeof key) => (await store.observationsOf(workload)).map(({ kind }) => kind).toSorted();
  return {
    shop: await records(key),
    payments: await records(pay),
    other: await records({ ...key, cluster: 'other' }),
    incidents: (await store.incidents({})).map(({ id }) => id),
    mixed: await body(mixed.id),
    waiting: await body(waiting.id),
  };
}

const everything = {
  shop: ['log', 'node', 'pod'],
  payments: ['node', 'pod'],
  other: ['pod'],
  incidents: [ofPayments.id, ofShop.id],
  mixed: { accepted: 4, readable: true },
  waiting: { accepted: 1, readable: true },
};

describe.each(engines)('%s', (_engine, openDatabase) => {
  test.each<[string, PurgeScope, object, object]>([
    [
      'a namespace',
      { cluster: 'test', namespace: 'payments' },
      { observations: 1, incidents: 1, ledger: 0, batches: 2 },
      { ...everything, payments: [], incidents: [ofShop.id], mixed: { accepted: 3, readable: true }, waiting: undefined },
    ],
    [
      'a span of time',
      { cluster: 'test', from: instant(400), until: instant(550) },
      { observations: 2, incidents: 2, ledger: 0, batches: 1 },
      { ...everything, shop: ['node', 'pod'], payments: [], incidents: [], mixed: { accepted: 2, readable: true } },
    ],
    [
      'a cluster',
      { cluster: 'test' },
      { observations: 4, incidents: 2, ledger: 0, batches: 2 },
      { ...everything, shop: [], payments: [], incidents: [], mixed: undefined, waiting: undefined },
    ],
  ])('%s goes from bodies, index and documents, and nothing else does', async (_what, scope, counts, after) => {
    const filled = await fill(openDatabase);
    expect(await purge(filled, scope, { dryRun: true })).toEqual(counts);
    expect(await left(filled)).toEqual(everything);
    expect(await purge(filled, scope, { dryRun: false })).toEqual(counts);
    expect(await left(filled)).toEqual(after);
    for (const id of [ofShop.id, ofPayments.id]) {
      expect((await filled.store.document(id, 'timeline')) !== undefined).toBe((after as typeof everything).incidents.includes(id));
    }
  });

  test('what waits is processed without what was purged, and workloads that lost records are built again', async () => {
    const filled = await fill(openDatabase);
    await leaveBatch(filled, 'both', [pod(700), pod(701, payments)]);
    await purge(filled, { cluster: 'test', namespace: 'payments' }, { dryRun: false });
    const pending = await filled.store.pendingBatches(10);
    const { failed } = await indexBatches(
      { ...filled, takeAccepted: () => undefined, clock: systemClock },
      pending.map(({ id }) => id),
    );
    expect(failed).toEqual([]);
    expect((await left(filled)).shop).toEqual(['log', 'node', 'pod', 'pod']);
    expect((await left(filled)).payments).toEqual([]);

    await purge(filled, { cluster: 'test', from: instant(650) }, { dryRun: false });
    expect((await left(filled)).shop).toEqual(['log', 'node', 'pod']);
    expect((await filled.store.staleWorkloads(10)).map(({ name }) => name)).toContain('api');
  });

  test('a cluster that nobody knows is an error', async () => {
    const filled = await fill(openDatabase);
    await expect(purge(filled, { cluster: 'tset' }, { dryRun: true })).rejects.toThrow(
      new MortemError('not-found', 'Nothing of cluster tset is stored.'),
    );
  });
});
