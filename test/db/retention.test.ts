import { describe, expect, test } from 'vitest';
import { MortemError } from '#core/errors.ts';
import type { Observation } from '#core/wire/observation.ts';
import { createIncidentStore } from '../../db/incident-store.ts';
import { createRetentionStore } from '../../db/retention/retention-store.ts';
import { createFileBlobStore } from '../../functions/adapters/file-blob-store.ts';
import { expire } from '../../functions/usecases/expire.ts';
import { getDraft } from '../../functions/usecases/get-draft.ts';
import { getTimeline } from '../../functions/usecases/get-timeline.ts';
import { leaveBatch } from '../support/accepted-batch.ts';
import { coverage, heartbeat, node } from '../support/build-cluster-observations.ts';
import { incident, timeline } from '../support/build-incident.ts';
import { at, event, instant, key, pod } from '../support/build-observations.ts';
import { engines, type TestDatabase } from '../support/engines.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const day = 86_400;
const dayMs = day * 1000;
const quarterMs = 90 * dayMs;
const plenty = 1_000_000;

const web = { kind: 'Deployment', name: 'web', chain: [] };
const webKey = { ...key, name: 'web' };
const old = incident({ id: 'INC-1111111111111111', status: 'recovered', settled: true, onsetAt: at(10), recoveredAt: at(600) });

function state(seconds: number, fields: Parameters<typeof pod>[1] = {}): Observation {
  return pod(seconds, { name: 'web-1', uid: 'pod-web', workload: web, ...fields });
}

async function open(openDatabase: () => Promise<TestDatabase>) {
  const database = (await openDatabase()).open();
  const store = createIncidentStore(database);
  const retained = createRetentionStore(database);
  const times = async (workload: typeof key) =>
    (await store.observationsOf(workload))
      .map(({ kind, observedAt }) => `${kind} ${(Date.parse(observedAt) - instant(0)) / dayMs}`)
      .toSorted(compare);
  return { store, retained, times };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : 1;
}

describe.each(engines)('%s', (_engine, openDatabase) => {
  test('old records go, oldest first and a bounded number at a time; what was made of them stays, also when the workload is built again', async () => {
    const { store, retained, times } = await open(openDatabase);
    const records = [pod(0), pod(day / 2), event(day, { reason: 'BackOff', message: 'x' }), pod(50 * day)];
    const { touched } = await store.indexObservations('test', records);
    for (const workload of touched) await store.saveIncidents(workload, [{ incident: old, documents: [timeline()] }], instant(50 * day));

    expect(await retained.expireObservations(quarterMs, plenty)).toEqual({ removed: 0, more: false });
    await store.indexObservations('test', [heartbeat(100 * day)]);
    expect(await retained.expireObservations(quarterMs, plenty)).toEqual({ removed: 3, more: false });
    expect(await retained.expireObservations(quarterMs, plenty)).toEqual({ removed: 0, more: false });
    expect(await times(key)).toEqual(['pod 50']);
    expect(await store.incident(old.id)).toEqual(old);
    expect(await store.document(old.id, 'timeline')).toEqual(timeline());

    // Built from what is left: a shadow of the old incident, and a new one.
    const again = await store.indexObservations('test', [pod(101 * day)]);
    const shadow = incident({ id: 'INC-2222222222222222', onsetAt: at(30), status: 'open' });
    const fresh = incident({ id: 'INC-3333333333333333', onsetAt: at(101 * day), status: 'open' });
    for (const workload of again.touched) {
      const made = [shadow, fresh].map((item) => ({ incident: item, documents: [] }));
      expect(await store.saveIncidents(workload, made, instant(101 * day))).toBe('saved');
    }
    expect(await store.incidents({})).toEqual([fresh, old]);
    expect(await store.document(old.id, 'timeline')).toEqual(timeline());
  });

  test('documents are kept as they were stored when their records are gone, and whoever wants another shape is told so', async () => {
    const { store, retained } = await open(openDatabase);
    const { touched } = await store.indexObservations('test', [pod(0)]);
    const documents = [timeline(), timeline({ kind: 'draft', markdown: '# Draft\n' })];
    for (const workload of touched) await store.saveIncidents(workload, [{ incident: old, documents }], instant(0));
    await store.indexObservations('test', [heartbeat(100 * day)]);
    expect(await retained.expireObservations(quarterMs, plenty)).toEqual({ removed: 1, more: false });

    expect(await getDraft({ store }, {}, old.id)).toEqual({ mediaType: 'text/markdown', parts: ['# Draft\n'] });
    expect(await getTimeline({ store }, {}, old.id)).toMatchObject({ markdown: '# Timeline\n' });
    const words = (kind: string) =>
      new MortemError(
        'not-found',
        `The records that ${old.id} was made from are older than records are kept, so its ${kind} cannot be made in another shape. It is kept as it was stored: ask again without target, heading and time zone.`,
      );
    await expect(getDraft({ store }, {}, old.id, { target: 'slack' })).rejects.toThrow(words('draft'));
    await expect(getTimeline({ store }, {}, old.id, { timezone: 'Europe/Berlin' })).rejects.toThrow(words('timeline'));
  });

  test('an incident that is not over keeps what it is made of, however old, and nothing else does', async () => {
    const { store, retained, times } = await open(openDatabase);
    const days = [0, 1, 20, 21, 60];
    const { touched } = await store.indexObservations('test', [
      ...days.map((number) => pod(number * day)),
      ...days.map((number) => state(number * day)),
    ]);
    const open20 = incident({ id: 'INC-4444444444444444', status: 'open', onsetAt: at(20 * day) });
    for (const workload of touched) {
      await store.saveIncidents(workload, workload.name === 'api' ? [{ incident: open20, documents: [] }] : [], instant(60 * day));
    }
    await store.indexObservations('test', [heartbeat(140 * day)]);
    expect(await retained.expireObservations(quarterMs, plenty)).toEqual({ removed: 6, more: false });
    expect(await times(key)).toEqual(['pod 20', 'pod 21', 'pod 60']);
    expect(await times(webKey)).toEqual(['pod 60']);
    expect(await retained.expireObservations(quarterMs, plenty)).toEqual({ removed: 0, more: false });
  });

  test('records of nodes, of what was not seen and of nobody go by their own age; each cluster has its own time', async () => {
    const { store, retained, times } = await open(openDatabase);
    const orphan = event(1, {
      reason: 'FailedGetScale',
      message: 'x',
      involvedObject: { kind: 'HorizontalPodAutoscaler', name: 'api', namespace: 'shop', uid: 'hpa-1' },
    });
    await store.indexObservations('test', [node(1, '9'), coverage(2), orphan, pod(95 * day), node(95 * day, '10')]);
    await store.indexObservations('quiet', [pod(1), node(1, '9')]);
    await store.indexObservations('test', [heartbeat(100 * day)]);
    expect(await retained.expireObservations(quarterMs, plenty)).toEqual({ removed: 3, more: false });
    expect(await times(key)).toEqual(['node 95', 'pod 95']);
    expect(await times({ ...key, cluster: 'quiet' })).toHaveLength(2);
  });

  test('thousands of records of one workload go in steps, and what is left has no holes', async () => {
    const { store, retained } = await open(openDatabase);
    await store.indexObservations(
      'test',
      Array.from({ length: 2500 }, (_, index) => state(index)),
    );
    await store.indexObservations('test', [heartbeat(100 * day)]);
    const first = await retained.expireObservations(quarterMs, 1000);
    expect(first).toEqual({ removed: 1000, more: true });
    const left = await store.observationsOf(webKey);
    expect(left).toHaveLength(1500);
    expect(left.every(({ observedAt }) => Date.parse(observedAt) >= instant(1000))).toBe(true);
    expect(await retained.expireObservations(quarterMs, plenty)).toEqual({ removed: 1500, more: false });
  });

  test('incidents go with their ids and documents when they were over long enough', async () => {
    const { store, retained } = await open(openDatabase);
    const { touched } = await store.indexObservations('test', [pod(0)]);
    const late = incident({ id: 'INC-5555555555555555', status: 'open', onsetAt: at(20) });
    for (const workload of touched) {
      await store.saveIncidents(
        workload,
        [old, late].map((item) => ({ incident: item, documents: [timeline()] })),
        instant(10),
      );
    }
    await store.indexObservations('test', [heartbeat(500 * day)]);
    expect(await retained.expireIncidents(400 * dayMs, plenty)).toMatchObject({ more: false });
    expect(await store.incidents({})).toEqual([late]);
    expect(await store.incident(old.id)).toBeUndefined();
    expect(await store.document(old.id, 'timeline')).toBeUndefined();
    expect(await store.document(late.id, 'timeline')).toEqual(timeline());
  });

  test('bodies of processed batches go by the clock of the server, those that wait or are quarantined never', async () => {
    const { store, retained } = await open(openDatabase);
    const blobs = createFileBlobStore(await temporaryDirectory());
    const rows = [];
    for (const name of ['processed', 'pending', 'quarantined']) rows.push(await leaveBatch({ store, blobs }, name, [pod(1)]));
    await store.finishBatch('test/processed', { status: 'processed' });
    await store.finishBatch('test/quarantined', { status: 'quarantined', reason: 'x' });
    const clock = createManualClock();
    const retention = { batchesMs: 30 * dayMs, observationsMs: undefined, incidentsMs: undefined };
    expect(await expire({ retained, blobs, clock, retention })).toEqual({ batches: 1, observations: 0, incidents: 0, more: false });
    expect(await store.batch('test/processed')).toBeUndefined();
    await expect(blobs.get(rows[0]!.blobKey)).rejects.toThrow(MortemError);
    for (const row of rows.slice(1)) expect(await blobs.get(row.blobKey)).toBeDefined();
    // The same bytes again are a new batch, and change nothing.
    expect(await expire({ retained, blobs, clock, retention })).toMatchObject({ batches: 0, more: false });
  });
});
