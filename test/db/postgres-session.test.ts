import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { MortemError } from '#core/errors.ts';
import type { Connection, OpenDatabase } from '../../db/database.ts';
import { openPostgres } from '../../db/open-postgres.ts';
import { postgresDatabase } from '../support/postgres-database.ts';

interface Opened extends OpenDatabase {
  /** Somebody else, who may cut the connections of the others. */
  readonly other: pg.Client;
}

async function open(): Promise<Opened> {
  const url = await postgresDatabase();
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  const database = openPostgres({ url, maxConnections: 4 });
  onTestFinished(async () => {
    await database.close();
    await other.end();
  });
  return { ...database, other };
}

async function insert({ db, tables }: Connection, keyHash: string, cluster = 'test'): Promise<void> {
  await db.insert(tables.apiKeys).values({ keyHash, cluster });
}

async function keys({ db, tables }: Connection): Promise<string[]> {
  const rows = await db.select({ keyHash: tables.apiKeys.keyHash }).from(tables.apiKeys);
  return rows.map(({ keyHash }) => keyHash).toSorted();
}

async function cutConnections(other: pg.Client): Promise<void> {
  await other.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
}

test('what fails is undone whole, and its error is the cause itself', async () => {
  const { read, transact } = await open();
  const half = transact(async (tx) => {
    await insert(tx, 'half');
    throw new MortemError('conflict', 'no more');
  });
  await expect(half).rejects.toThrow(new MortemError('conflict', 'no more'));
  const repeated = transact(async (tx) => {
    await insert(tx, 'same');
    await insert(tx, 'same');
  });
  // Not drizzle's message, which repeats the statement and every parameter.
  await expect(repeated).rejects.toThrow(/^duplicate key value violates unique constraint "api_keys_pkey"$/);
  expect(await read(keys)).toEqual([]);
});

test('work that goes on after a statement failed is not called a success', async () => {
  const { read, transact } = await open();
  const careless = transact(async (tx) => {
    await insert(tx, 'same');
    await insert(tx, 'same').catch(() => undefined);
  });
  await expect(careless).rejects.toThrow('a statement of the transaction failed, and the work went on');
  expect(await read(keys)).toEqual([]);
});

test('readers do not see a transaction that is under way', async () => {
  const { read, transact } = await open();
  await transact(async (tx) => {
    await insert(tx, 'hidden');
    expect(await read(keys)).toEqual([]);
  });
  expect(await read(keys)).toEqual(['hidden']);
});

test('a transaction whose connection is cut runs again on another, and counts once', async () => {
  const { read, transact, other } = await open();
  let attempts = 0;
  await transact(async (tx) => {
    attempts += 1;
    await insert(tx, 'first');
    if (attempts < 3) await cutConnections(other);
    await insert(tx, 'second');
  });
  expect(attempts).toBe(3);
  expect(await read(keys)).toEqual(['first', 'second']);
});

test('connections that were cut while they waited are noticed by nobody', async () => {
  const { read, transact, other } = await open();
  await Promise.all(Array.from({ length: 4 }, (_, index) => transact((tx) => insert(tx, `key-${index}`))));
  await cutConnections(other);
  expect(await Promise.all(Array.from({ length: 4 }, () => read(keys)))).toEqual(
    Array.from({ length: 4 }, () => ['key-0', 'key-1', 'key-2', 'key-3']),
  );
});

test('two that lock each other out: both are done in the end', async () => {
  const { read, transact } = await open();
  await transact(async (tx) => {
    await insert(tx, 'a');
    await insert(tx, 'b');
  });
  const met = Promise.withResolvers<void>();
  let waiting = 2;
  const rename = (order: readonly string[], cluster: string) =>
    transact(async ({ db, tables: { apiKeys } }) => {
      for (const [index, keyHash] of order.entries()) {
        await db.insert(apiKeys).values({ keyHash, cluster }).onConflictDoUpdate({ target: apiKeys.keyHash, set: { cluster } });
        if (index > 0) continue;
        waiting -= 1;
        if (waiting <= 0) met.resolve();
        await met.promise;
      }
    });
  await Promise.all([rename(['a', 'b'], 'forth'), rename(['b', 'a'], 'back')]);
  expect(await read(keys)).toEqual(['a', 'b']);
});

test('a serialization failure runs again; anything else does not', async () => {
  const { transact } = await open();
  const attempts: string[] = [];
  const failing = (code: string) =>
    transact(async () => {
      attempts.push(code);
      throw Object.assign(new Error(`failed with ${code}`), { code });
    });
  await expect(failing('40001')).rejects.toThrow('failed with 40001');
  await expect(failing('23505')).rejects.toThrow('failed with 23505');
  expect(attempts).toEqual(['40001', '40001', '40001', '40001', '40001', '23505']);
});

test('a database that nobody migrated is an error that says the way out', async () => {
  const database = openPostgres({ url: await postgresDatabase({ migrated: false }), maxConnections: 1 });
  onTestFinished(() => database.close());
  await expect(database.read(keys)).rejects.toThrow(
    new MortemError(
      'unreachable',
      'The database does not have the schema of this program: relation "api_keys" does not exist. Run "mortem migrate".',
    ),
  );
});
