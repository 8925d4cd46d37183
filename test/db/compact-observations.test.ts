import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deathEvidence, evidenceOf } from '#core/evidence/evidence-id.ts';
import type { Observation } from '#core/wire/observation.ts';
import { createCompactionStore } from '../../db/compaction-store.ts';
import { createIncidentStore } from '../../db/incident-store.ts';
import { measureStorage } from '../../db/measure-storage.ts';
import { createPurgeStore } from '../../db/retention/purge-store.ts';
import { createRetentionStore } from '../../db/retention/retention-store.ts';
import { heartbeat } from '../support/build-cluster-observations.ts';
import { event, instant, key, pod } from '../support/build-observations.ts';
import { crashRecords } from '../support/crash-records.ts';
import { engines, type TestDatabase } from '../support/engines.ts';

const hour = 3600;
const day = 86_400;
const plenty = 1_000_000;
/** Long after everything below. */
const later = instant(100 * day);

async function open(openDatabase: () => Promise<TestDatabase>) {
  const database = (await openDatabase()).open();
  return {
    database,
    store: createIncidentStore(database),
    retained: createRetentionStore(database),
    purged: createPurgeStore(database),
    compact: (now = later) => createCompactionStore(database).compactObservations(now, plenty),
    segments: () => database.read(({ db, tables: { segments } }) => db.select({ records: segments.records }).from(segments)),
    leftovers: () =>
      database.read(async ({ db, tables: { segments, segmentEvidence } }) => [
        ...(await db.select({ id: segments.id }).from(segments)),
        ...(await db.select().from(segmentEvidence)),
      ]),
  };
}

function sorted(records: readonly Observation[]): readonly string[] {
  return records.map((record) => JSON.stringify(record)).toSorted();
}

describe.each(engines)('%s', (_engine, openDatabase) => {
  test('old records of an object that has many are folded, and every reader sees what it saw before', async () => {
    const { database, store, compact, segments } = await open(openDatabase);
    const records = [...crashRecords(0, 40), pod(50, { name: 'quiet', uid: 'quiet' })];
    await store.indexObservations('test', records);
    const before = await measureStorage(database);
    expect(await compact()).toEqual({ segments: 1, records: 120, more: false });
    expect(await segments()).toEqual([{ records: 120 }]);
    expect(await compact()).toEqual({ segments: 0, records: 0, more: false });

    expect(sorted(await store.observationsOf(key))).toEqual(sorted(records));
    expect(sorted(await store.observationsAbout('test', 'pod-1'))).toEqual(sorted(records.slice(0, 120)));
    for (const observation of records.filter(({ kind }) => kind !== 'event')) {
      expect(await store.evidence(evidenceOf(observation), 2)).toEqual([{ evidenceId: evidenceOf(observation), observation }]);
    }
    const [firstState, firstEvent] = records;
    const death = deathEvidence('containerd://0');
    expect(await store.evidence(death, 2)).toEqual([{ evidenceId: death, observation: firstState }]);
    expect((await store.evidence(evidenceOf(firstEvent!), 2)).map(({ observation }) => observation)).toEqual([firstEvent]);
    expect(await measureStorage(database)).toMatchObject({
      observations: before.observations,
      observationsOfLastDay: before.observationsOfLastDay,
    });
  });

  test('what came in the last hours stays as it is', async () => {
    const { store, compact } = await open(openDatabase);
    await store.indexObservations('test', crashRecords(0, 40));
    expect(await compact(instant(3 * hour))).toEqual({ segments: 0, records: 0, more: false });
    expect(await compact(instant(6 * hour))).toMatchObject({ segments: 1 });
  });

  test('what comes again after it was compacted is one record: the earliest sight of it, and the longer log', async () => {
    const { store, compact } = await open(openDatabase);
    const records = crashRecords(0, 20);
    await store.indexObservations('test', records);
    await compact();
    const [state, , tail] = records;
    const earlier = { ...state!, observedAt: new Date(instant(-60)).toISOString() };
    const longer = { ...tail!, text: 'all of it\n'.repeat(100) } as Observation;
    await store.indexObservations('test', [earlier, longer, records[3]!]);
    const expected = sorted([earlier, longer, ...records.filter((record) => record !== state && record !== tail)]);
    expect(sorted(await store.observationsOf(key))).toEqual(expected);
    expect(await store.evidence(evidenceOf(earlier), 2)).toEqual([{ evidenceId: evidenceOf(earlier), observation: earlier }]);
    expect(await store.evidence(evidenceOf(longer), 2)).toEqual([{ evidenceId: evidenceOf(longer), observation: longer }]);

    // Compacted a second time, beside the first.
    await store.indexObservations('test', records);
    await compact();
    expect(sorted(await store.observationsOf(key))).toEqual(expected);
  });

  test('a row that changes while its segment is made is not lost', async () => {
    const { database, store } = await open(openDatabase);
    const records = crashRecords(0, 20);
    await store.indexObservations('test', records);
    const longer = { ...records[2]!, text: 'longer than before\n'.repeat(10) } as Observation;
    let raced = false;
    const racing: typeof database = {
      ...database,
      async transact(work) {
        if (!raced) {
          raced = true;
          await store.indexObservations('test', [longer]);
        }
        return database.transact(work);
      },
    };
    // Not with its first hour, where it is met as another; with its next.
    expect(await createCompactionStore(racing).compactObservations(later, plenty)).toMatchObject({ segments: 1, records: 60 });
    expect(raced).toBe(true);
    expect(sorted(await store.observationsOf(key))).toEqual(sorted([longer, ...records.filter((_, index) => index !== 2)]));
  });

  test('a small segment grows with what comes later, and what was in it is found as before', async () => {
    const { store, compact, segments } = await open(openDatabase);
    const records = crashRecords(0, 60);
    await store.indexObservations('test', records.slice(0, 60));
    await compact();
    await store.indexObservations('test', records.slice(57));
    expect(await compact()).toEqual({ segments: 1, records: 123, more: false });
    expect(await segments()).toEqual([{ records: 180 }]);
    expect(sorted(await store.observationsOf(key))).toEqual(sorted(records));
    for (const observation of records.filter(({ kind }) => kind !== 'event')) {
      expect(await store.evidence(evidenceOf(observation), 2)).toEqual([{ evidenceId: evidenceOf(observation), observation }]);
    }
    const death = deathEvidence('containerd://0');
    expect(await store.evidence(death, 2)).toEqual([{ evidenceId: death, observation: records[0] }]);
  });

  test('incidents made while expiry opened a segment are not saved', async () => {
    const { store, retained, compact } = await open(openDatabase);
    const { touched } = await store.indexObservations('test', crashRecords(0, 60));
    await compact();
    await store.indexObservations('test', [heartbeat(90 * day + 2 * hour)]);
    await retained.expireObservations(90 * day * 1000, plenty);
    for (const workload of touched) expect(await store.saveIncidents(workload, [], instant(100 * day))).toBe('outdated');
    expect(await store.staleWorkloads(10)).toMatchObject([key]);
  });

  test('a reader beside the compaction misses nothing', async () => {
    const { store, compact } = await open(openDatabase);
    const records = crashRecords(0, 60);
    await store.indexObservations('test', records);
    const state = { compacting: true };
    const compacted = compact().finally(() => {
      state.compacting = false;
    });
    while (state.compacting) {
      expect(await store.observationsOf(key)).toHaveLength(records.length);
      expect(await store.evidence(evidenceOf(records[0]!), 2)).toHaveLength(1);
      // SQLite answers without a turn of the event loop, which the compression waits for.
      await setImmediate();
    }
    await compacted;
    expect(await store.observationsOf(key)).toHaveLength(records.length);
  });

  test('expiry takes what is old out of segments, leaves the rest readable, and no trace of what went', async () => {
    const { store, retained, compact, leftovers } = await open(openDatabase);
    const records = crashRecords(0, 60);
    await store.indexObservations('test', records);
    await compact();
    await store.indexObservations('test', [heartbeat(90 * day + 2 * hour)]);
    const kept = records.filter(({ observedAt }) => Date.parse(observedAt) >= instant(2 * hour));
    expect(await retained.expireObservations(90 * day * 1000, plenty)).toEqual({ removed: records.length - kept.length, more: false });
    expect(sorted(await store.observationsOf(key))).toEqual(sorted(kept));
    for (const observation of kept.filter(({ kind }) => kind !== 'event')) {
      expect(await store.evidence(evidenceOf(observation), 2)).toEqual([{ evidenceId: evidenceOf(observation), observation }]);
    }
    expect(await store.evidence(evidenceOf(records[0]!), 2)).toEqual([]);
    await compact();
    await store.indexObservations('test', [heartbeat(200 * day)]);
    expect(await retained.expireObservations(90 * day * 1000, plenty)).toEqual({ removed: kept.length, more: false });
    expect(await leftovers()).toEqual([]);
  });

  test('segments of objects that nobody owns go by their own age', async () => {
    const { store, retained, compact, leftovers } = await open(openDatabase);
    const hpa = { kind: 'HorizontalPodAutoscaler', name: 'api', namespace: 'shop', uid: 'hpa-1' };
    const orphans = Array.from({ length: 60 }, (_, index) =>
      event(index, { reason: 'FailedGetScale', message: `${index}`, involvedObject: hpa }),
    );
    await store.indexObservations('test', orphans);
    expect(await compact()).toMatchObject({ segments: 1 });
    await store.indexObservations('test', [heartbeat(100 * day)]);
    expect(await retained.expireObservations(90 * day * 1000, plenty)).toEqual({ removed: 60, more: false });
    expect(await leftovers()).toEqual([]);
  });

  test('a purge of a span cuts a segment and harms no other record', async () => {
    const { store, purged, compact } = await open(openDatabase);
    const records = crashRecords(0, 60);
    await store.indexObservations('test', records);
    await compact();
    const scope = { cluster: 'test', namespace: 'shop', from: instant(hour), until: instant(2 * hour) };
    const inScope = records.filter(({ observedAt }) => Date.parse(observedAt) >= scope.from && Date.parse(observedAt) < scope.until);
    expect(await purged.countIndex(scope)).toMatchObject({ observations: inScope.length });
    expect(await purged.purgeIndex(scope)).toMatchObject({ observations: inScope.length });
    const rest = records.filter((record) => !inScope.includes(record));
    expect(sorted(await store.observationsOf(key))).toEqual(sorted(rest));
    for (const observation of inScope.filter(({ kind }) => kind !== 'event'))
      expect(await store.evidence(evidenceOf(observation), 2)).toEqual([]);
  });

  test('a purge of a cluster leaves no segment of it, and those of another as they are', async () => {
    const { store, purged, compact, leftovers } = await open(openDatabase);
    for (const cluster of ['test', 'other']) {
      await store.indexObservations(
        cluster,
        crashRecords(0, 20).map((record) => ({ ...record, cluster })),
      );
    }
    await compact();
    expect(await purged.purgeIndex({ cluster: 'test' })).toMatchObject({ observations: 60 });
    expect(await store.observationsOf({ ...key, cluster: 'other' })).toHaveLength(60);
    expect(await purged.purgeIndex({ cluster: 'other' })).toMatchObject({ observations: 60 });
    expect(await leftovers()).toEqual([]);
  });

  test('a restart of a crash loop is a tenth of what its rows were', async () => {
    const { database, store, compact } = await open(openDatabase);
    await store.indexObservations('test', crashRecords(0, 80));
    const rows = await database.read(({ db, tables: { observations } }) => db.select({ body: observations.body }).from(observations));
    await compact();
    const segments = await database.read(({ db, tables: { segments: table } }) => db.select({ body: table.body }).from(table));
    const bytes = (items: readonly { readonly body: string | Uint8Array }[]) => items.reduce((total, { body }) => total + body.length, 0);
    expect(bytes(segments) * 10).toBeLessThan(bytes(rows));
  });
});

test('in whatever order records come and are compacted, they read as one set', async () => {
  const [, openDatabase] = engines[0]!;
  const records = crashRecords(0, 24);
  const order = fc.shuffledSubarray([...records.keys(), ...records.keys()], { minLength: 2 * records.length });
  await fc.assert(
    fc.asyncProperty(order, fc.integer({ min: 1, max: 40 }), async (indexes, size) => {
      const { store, compact } = await open(openDatabase);
      for (let at = 0; at < indexes.length; at += size) {
        await store.indexObservations(
          'test',
          indexes.slice(at, at + size).map((index) => records[index]!),
        );
        await compact();
      }
      expect(sorted(await store.observationsOf(key))).toEqual(sorted(records));
    }),
    { numRuns: 10 },
  );
});
