import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { Connection } from '../../db/database.ts';
import { openSqlite } from '../../db/open-sqlite.ts';
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
