import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { BatchRow } from '#core/store-model.ts';
import type { Connection } from '../../db/database.ts';
import { createIncidentStore } from '../../db/incident-store.ts';
import { openSqlite } from '../../db/open-sqlite.ts';
import { createSqliteTransact } from '../../db/sqlite-transact.ts';
import { pod } from '../support/build-observations.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

async function open() {
  const path = join(await temporaryDirectory(), 'mortem.db');
  const database = openSqlite(path);
  onTestFinished(() => database.close());
  return { path, ...database };
}

async function insert({ db, tables }: Connection, keyHash: string): Promise<void> {
  await db.insert(tables.apiKeys).values({ keyHash, cluster: 'test' });
}

async function keys({ db, tables }: Connection): Promise<string[]> {
  const rows = await db.select({ keyHash: tables.apiKeys.keyHash }).from(tables.apiKeys);
  return rows.map(({ keyHash }) => keyHash).toSorted();
}

test('what fails is undone whole, and harms none that shares its commit', async () => {
  const { read, transact } = await open();
  const outcomes = await Promise.allSettled([
    transact((tx) => insert(tx, 'first')),
    transact(async (tx) => {
      await insert(tx, 'half');
      throw new Error('no more');
    }),
    transact((tx) => insert(tx, 'last')),
  ]);
  expect(outcomes).toEqual([
    { status: 'fulfilled', value: undefined },
    { status: 'rejected', reason: new Error('no more') },
    { status: 'fulfilled', value: undefined },
  ]);
  expect(await read(keys)).toEqual(['first', 'last']);
});

test('readers do not see a transaction that is under way', async () => {
  const { read, transact } = await open();
  const written = Promise.withResolvers<void>();
  const looked = Promise.withResolvers<void>();
  const running = transact(async (tx) => {
    await insert(tx, 'hidden');
    written.resolve();
    await looked.promise;
  });
  await written.promise;
  expect(await read(keys)).toEqual([]);
  looked.resolve();
  await running;
  expect(await read(keys)).toEqual(['hidden']);
});

test('nobody hears of success before the commit that carries it', async () => {
  const { path, transact } = await open();
  const other = new BetterSqlite(path, { readonly: true });
  onTestFinished(() => void other.close());
  const count = other.prepare<[], number>('select count(*) from api_keys').pluck();
  const seen = await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      await transact((tx) => insert(tx, `key-${index}`));
      return count.get();
    }),
  );
  expect(seen).toEqual(Array.from({ length: 10 }, () => 10));
});

test('transactions run one after the other', async () => {
  const { transact } = await open();
  const order: string[] = [];
  await Promise.all(
    ['a', 'b'].map((name) =>
      transact(async (tx) => {
        order.push(`${name} begins`);
        await insert(tx, name);
        order.push(`${name} ends`);
      }),
    ),
  );
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('a group that SQLite gives up as a whole fails for all that were in it, and the next one runs', async () => {
  const { path, read, transact } = await open();
  const other = new BetterSqlite(path);
  onTestFinished(() => void other.close());
  other.exec(`create trigger give_up before insert on api_keys when new.key_hash = 'fatal' begin select raise(rollback, 'disk full'); end`);

  const outcomes = await Promise.allSettled([transact((tx) => insert(tx, 'before')), transact((tx) => insert(tx, 'fatal'))]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await read(keys)).toEqual([]);
  await transact((tx) => insert(tx, 'after'));
  expect(await read(keys)).toEqual(['after']);
});

test('only what is derived does not wait for the disk, and it shares no commit with what does', async () => {
  const database = await open();
  const connection = await database.read(async (readable) => readable);
  const client = new BetterSqlite(database.path);
  onTestFinished(() => void client.close());
  client.pragma('journal_mode = wal');
  const transact = createSqliteTransact(client, connection);
  const synced = new Map<string, unknown>();
  const note = (name: string) => async () => void synced.set(name, client.pragma('synchronous', { simple: true }));
  await Promise.all([
    transact(note('row')),
    transact(note('index'), 'derived'),
    transact(note('build'), 'derived'),
    transact(note('next row'), 'durable'),
  ]);
  expect(Object.fromEntries(synced)).toEqual({ row: 2, index: 1, build: 1, 'next row': 2 });
});

test('what a failing power takes from the index, it leaves to do: the batch is pending again', async () => {
  const directory = await temporaryDirectory();
  const { path, ...database } = await open();
  const store = createIncidentStore(database);
  const batch: BatchRow = {
    id: 'test/1',
    cluster: 'test',
    blobKey: 'test/1',
    receivedAt: 1,
    accepted: 1,
    rejected: [],
    collector: 'test/1',
    status: 'pending',
  };
  await store.insertBatch(batch);
  const synced = await readFile(`${path}-wal`);
  await store.indexObservations('test', [pod(1)], batch.id);
  expect(await store.pendingBatches(10)).toEqual([]);

  await copyFile(path, join(directory, 'mortem.db'));
  await writeFile(join(directory, 'mortem.db-wal'), synced);
  const after = createIncidentStore(openSqlite(join(directory, 'mortem.db')));
  onTestFinished(() => after.close());
  expect(await after.pendingBatches(10)).toEqual([batch]);
  expect(await after.allWorkloads()).toEqual([]);
});
