import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { MortemError } from '#core/errors.ts';
import { migratePostgres } from '../../db/migrate-postgres.ts';
import { openPostgres } from '../../db/open-postgres.ts';
import { postgresDatabase } from '../support/postgres-database.ts';

const total = readdirSync(join(import.meta.dirname, '..', '..', 'migrations', 'postgres')).filter((file) => file.endsWith('.sql')).length;

async function open(): Promise<{ url: string; client: pg.Client; state: () => Promise<string> }> {
  const url = await postgresDatabase({ migrated: false });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const database = openPostgres({ url, maxConnections: 1 });
  onTestFinished(async () => {
    await client.end();
    await database.close();
  });
  return { url, client, state: database.schemaState };
}

async function journal(client: pg.Client): Promise<unknown[]> {
  const { rows } = await client.query<{ hash: string }>('select hash from __drizzle_migrations order by created_at');
  return rows;
}

test('four migrations at once are one', async () => {
  const { url, client, state } = await open();
  expect(await state()).toBe('older');
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => migratePostgres(url)));
  expect(outcomes.toSorted((a, b) => a.applied - b.applied)).toEqual([0, 0, 0, total].map((applied) => ({ applied, total })));
  expect(await state()).toBe('current');
  expect(await journal(client)).toHaveLength(total);
});

test('a migration that fails leaves nothing behind, and says why', async () => {
  const { url, client, state } = await open();
  await client.query('create table batches (id text)');
  await expect(migratePostgres(url)).rejects.toThrow(/relation "batches" already exists/);
  expect(await state()).toBe('older');
  expect(await journal(client)).toEqual([]);
  expect(await tables(client)).toEqual(['__drizzle_migrations', 'batches']);
});

test('a database of a newer program is refused and left alone', async () => {
  const { url, client, state } = await open();
  await migratePostgres(url);
  await client.query(`insert into __drizzle_migrations (created_at, hash) values (9000000000000, 'future')`);
  expect(await state()).toBe('newer');
  await expect(migratePostgres(url)).rejects.toThrow(
    new MortemError('unsupported', 'The database was migrated by a newer version of mortem. Install that version.'),
  );
});

test('nobody there is an error that says where to look, without the password', async () => {
  await expect(migratePostgres('postgres://mortem:s3cret@127.0.0.1:1/mortem')).rejects.toThrow(
    new MortemError(
      'unreachable',
      'The database cannot be reached: connect ECONNREFUSED 127.0.0.1:1. Check MORTEM_DATABASE_URL and that the server takes connections.',
    ),
  );
});

async function tables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by tablename`,
  );
  return rows.map(({ name }) => name);
}
