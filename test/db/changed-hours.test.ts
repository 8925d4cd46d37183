import { count } from 'drizzle-orm';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCompactionStore } from '../../db/compaction-store.ts';
import type { OpenDatabase } from '../../db/database.ts';
import { createIncidentStore } from '../../db/incident-store.ts';
import { indexObservations } from '../../db/index-observations.ts';
import { createPurgeStore } from '../../db/retention/purge-store.ts';
import { instant, key } from '../support/build-observations.ts';
import { crashRecords } from '../support/crash-records.ts';
import { engines, type TestDatabase } from '../support/engines.ts';

const hour = 3600;
const day = 86_400;
const plenty = 1_000_000;
/** Within a day, and at the end of one: neither may have work of its own. */
const later = [instant(100 * day + 5 * hour), instant(200 * day), instant(201 * day)];

async function open(openDatabase: () => Promise<TestDatabase>) {
  const database = (await openDatabase()).open();
  return {
    database,
    store: createIncidentStore(database),
    compact: (now = later[0]!, over: OpenDatabase = database) => createCompactionStore(over).compactObservations(now, plenty),
    rowsLeft: async () =>
      (await database.read(({ db, tables: { observations } }) => db.select({ rows: count() }).from(observations)))[0]?.rows,
    notes: () => database.read(({ db, tables: { changedHours } }) => db.select().from(changedHours)),
  };
}

/** Counts what is asked of the database. */
function counting(database: OpenDatabase) {
  const asked = { reads: 0, transactions: 0 };
  const counted: OpenDatabase = {
    ...database,
    read(work) {
      asked.reads += 1;
      return database.read(work);
    },
    transact(work) {
      asked.transactions += 1;
      return database.transact(work);
    },
  };
  return { counted, asked };
}

describe.each(engines)('%s', (_engine, openDatabase) => {
  test('what is stored and does not change costs one look for all of it, on any day', async () => {
    const { database, store, compact, notes } = await open(openDatabase);
    await store.indexObservations('test', crashRecords(0, 300));
    await compact();
    expect(await notes()).toEqual([]);
    for (const now of later) {
      const { counted, asked } = counting(database);
      expect(await compact(now, counted)).toEqual({ segments: 0, records: 0, more: false });
      expect(asked).toEqual({ reads: 1, transactions: 0 });
    }
  });

  test('what comes late has its own hour looked at, and no other', async () => {
    const { database, store, compact } = await open(openDatabase);
    const records = crashRecords(0, 300);
    await store.indexObservations('test', records);
    await compact();
    await store.indexObservations('test', crashRecords(2 * hour + 7, 1));
    const { counted, asked } = counting(database);
    expect(await compact(later[0], counted)).toEqual({ segments: 0, records: 0, more: false });
    // The hour, what is crowded in it, that there is no other; taken, and finished.
    expect(asked).toEqual({ reads: 3, transactions: 2 });
  });

  test('a row that changes while its segment is written is compacted by the next round', async () => {
    const { database, store, compact, rowsLeft } = await open(openDatabase);
    const records = crashRecords(0, 10).concat(crashRecords(60, 10));
    await store.indexObservations('test', records);
    const longer = { ...records[2]!, text: 'longer than before\n'.repeat(10) };
    let transactions = 0;
    const racing: OpenDatabase = {
      ...database,
      async transact(work) {
        transactions += 1;
        // The first takes the hour, the second writes the segment.
        if (transactions === 2) await store.indexObservations('test', [longer]);
        return database.transact(work);
      },
    };
    expect(await compact(later[0], racing)).toEqual({ segments: 0, records: 0, more: false });
    expect(await rowsLeft()).toBe(60);
    expect(await compact()).toEqual({ segments: 1, records: 60, more: false });
    expect(await store.observationsOf(key)).toHaveLength(60);
  });

  test('a crash in any step leaves nothing that the next rounds do not come to', async () => {
    const whole = await open(openDatabase);
    await whole.store.indexObservations('test', crashRecords(0, 60));
    const { counted, asked } = counting(whole.database);
    await whole.compact(later[0], counted);
    const left = await whole.rowsLeft();
    for (let step = 1; step <= asked.transactions; step += 1) {
      const { database, store, compact, rowsLeft, notes } = await open(openDatabase);
      await store.indexObservations('test', crashRecords(0, 60));
      let transactions = 0;
      const failing: OpenDatabase = {
        ...database,
        transact(work) {
          transactions += 1;
          return transactions === step ? Promise.reject(new Error('killed')) : database.transact(work);
        },
      };
      await expect(compact(later[0], failing)).rejects.toThrow('killed');
      await compact();
      expect([await rowsLeft(), await notes()]).toEqual([left, []]);
      expect(await store.observationsOf(key)).toHaveLength(180);
    }
  });

  test('records that a purge put back as rows are compacted again', async () => {
    const { database, store, compact, rowsLeft } = await open(openDatabase);
    await store.indexObservations('test', crashRecords(0, 60));
    await compact();
    const compacted = await rowsLeft();
    await createPurgeStore(database).purgeIndex({ cluster: 'test', namespace: 'shop', from: instant(0), until: instant(10) });
    expect(await rowsLeft()).toBeGreaterThan(48);
    await compact();
    expect(await rowsLeft()).toBeLessThanOrEqual(compacted ?? 0);
  });

  test('a purge of a cluster forgets which of its hours changed', async () => {
    const { database, store, notes } = await open(openDatabase);
    await store.indexObservations('test', crashRecords(0, 3));
    await createPurgeStore(database).purgeIndex({ cluster: 'test' });
    expect(await notes()).toEqual([]);
  });
});

test('a batch that is under way while its hour is looked at is not forgotten', async () => {
  const [, openPostgres] = engines[1]!;
  const { database, store, compact, rowsLeft, notes } = await open(openPostgres);
  const records = crashRecords(0, 10).concat(crashRecords(60, 10));
  await store.indexObservations('test', records.slice(0, 30));
  const indexed = Promise.withResolvers<void>();
  const commit = Promise.withResolvers<void>();
  const batch = database.transact(async (tx) => {
    await indexObservations(tx, 'test', records.slice(30));
    indexed.resolve();
    await commit.promise;
  });
  await indexed.promise;
  const compacted = compact();
  for (let turns = 0; turns < 50; turns += 1) await turn();
  commit.resolve();
  await batch;
  await compacted;
  await compact();
  expect([await rowsLeft(), await notes()]).toEqual([0, []]);
});

test('whatever comes between rounds, and whenever they are, the last one leaves no crowded object', async () => {
  const [, openSqlite] = engines[0]!;
  const records = crashRecords(0, 40);
  const steps = fc.array(fc.oneof(fc.nat({ max: records.length - 1 }), fc.constant('compact' as const)), { maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(steps, async (ran) => {
      const { store, compact, rowsLeft } = await open(openSqlite);
      for (const step of ran) {
        if (step === 'compact') await compact();
        else await store.indexObservations('test', records.slice(step, step + 5));
      }
      await compact();
      expect(await rowsLeft()).toBeLessThan(48);
    }),
    { numRuns: 10 },
  );
});
