import { setImmediate as turn } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { mergeObservations } from '#core/wire/merge.ts';
import { createIncidentStore } from '../../db/incident-store.ts';
import { indexObservations } from '../../db/index-observations.ts';
import { openPostgres } from '../../db/open-postgres.ts';
import { event, key, log, pod } from '../support/build-observations.ts';
import { postgresDatabase } from '../support/postgres-database.ts';

async function open() {
  const url = await postgresDatabase();
  const client = new Client({ connectionString: url });
  await client.connect();
  const database = openPostgres({ url, maxConnections: 4 });
  onTestFinished(async () => {
    await database.close();
    await client.end();
  });
  /** Resolves once a transaction waits for another. */
  const untilBlocked = async (): Promise<void> => {
    for (let blocked = 0; blocked === 0; await turn()) {
      const { rows } = await client.query<{ count: string }>(
        `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      blocked = Number(rows[0]?.count);
    }
  };
  return { database, store: createIncidentStore(database), untilBlocked };
}

const short = log(30, 'containerd://c1', 'fatal\n');
const long = { ...short, text: 'starting\nfatal\n' };

test('of two index transactions of a cluster the second sees what the first learned', async () => {
  const { database, store, untilBlocked } = await open();
  const learned = Promise.withResolvers<void>();
  const commit = Promise.withResolvers<void>();
  const owned = pod(1, { uid: 'pod-2', name: 'web-1', workload: { kind: 'Deployment', name: 'web', chain: [] } });
  const first = database.transact(async (tx) => {
    await indexObservations(tx, 'test', [owned]);
    learned.resolve();
    await commit.promise;
  });
  await learned.promise;
  const about = event(2, {
    reason: 'BackOff',
    message: 'x',
    involvedObject: { kind: 'Pod', namespace: 'shop', name: 'web-1', uid: 'pod-2' },
  });
  const second = store.indexObservations('test', [about]);
  await untilBlocked();
  commit.resolve();
  await first;
  expect((await second).touched).toEqual([{ ...key, name: 'web', version: 2 }]);
});

test('clusters do not wait for each other', async () => {
  const { database, store } = await open();
  await store.indexObservations('other', [short]);
  await database.transact(async (tx) => {
    await indexObservations(tx, 'test', [short]);
    expect(await store.indexObservations('other', [long])).toMatchObject({ duplicates: 1 });
  });
  expect(await store.observationsOf({ ...key, cluster: 'other' })).toEqual([mergeObservations(short, long)]);
});

test('a save that began before a change was committed is outdated, and the mark stays', async () => {
  const { database, store, untilBlocked } = await open();
  const [workload] = (await store.indexObservations('test', [short])).touched;
  const saved = Promise.withResolvers<void>();
  const commit = Promise.withResolvers<void>();
  const index = database.transact(async (tx) => {
    await indexObservations(tx, 'test', [long]);
    saved.resolve();
    await commit.promise;
  });
  await saved.promise;
  // Made from what was there before the record that is on its way.
  const save = store.saveIncidents(workload!, [], 1);
  await untilBlocked();
  commit.resolve();
  await index;
  expect(await save).toBe('outdated');
  expect(await store.staleWorkloads(10)).toEqual([{ ...key, version: 2 }]);
});
