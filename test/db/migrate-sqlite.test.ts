import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { MortemError } from '#core/errors.ts';
import { migrateSqlite, sqliteSchemaState } from '../../db/migrate-sqlite.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

async function openFile(): Promise<{ path: string; client: BetterSqlite.Database }> {
  const path = join(await temporaryDirectory(), 'mortem.db');
  const client = new BetterSqlite(path);
  onTestFinished(() => void client.close());
  return { path, client };
}

function journal(client: BetterSqlite.Database): unknown[] {
  return client.prepare('select hash from __drizzle_migrations').all();
}

test('migrating twice is migrating once', async () => {
  const { client } = await openFile();
  migrateSqlite(client);
  const applied = journal(client);
  migrateSqlite(client);
  expect(applied.length).toBeGreaterThan(0);
  expect(journal(client)).toEqual(applied);
  expect(sqliteSchemaState(client)).toBe('current');
});

test('a database of a newer program is refused and left alone', async () => {
  const { client } = await openFile();
  migrateSqlite(client);
  client.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run('future', 9_000_000_000_000);
  expect(sqliteSchemaState(client)).toBe('newer');
  expect(() => migrateSqlite(client)).toThrow(
    new MortemError(
      'unsupported',
      'The data directory was written by a newer version of mortem. Install that version, or choose another directory.',
    ),
  );
});

test('an older schema is not current', async () => {
  const { client } = await openFile();
  migrateSqlite(client);
  client.prepare('delete from __drizzle_migrations where created_at = (select max(created_at) from __drizzle_migrations)').run();
  expect(sqliteSchemaState(client)).toBe('older');
});

test('a migration that fails leaves nothing behind', async () => {
  const { client } = await openFile();
  client.exec('create table batches (id text)');
  expect(() => migrateSqlite(client)).toThrow(/already exists/);
  expect(client.prepare("select name from sqlite_master where type = 'table'").all()).toEqual([{ name: 'batches' }]);
});

test('processes that start at once migrate once', async () => {
  const { path, client } = await openFile();
  const children = Array.from({ length: 4 }, () => fork(join(import.meta.dirname, '..', 'support', 'migrate-child.ts'), [path]));
  await Promise.all(children.map((child) => once(child, 'message')));
  for (const child of children) child.send('go');
  const exits = await Promise.all(children.map((child) => once(child, 'exit')));
  expect(exits.map(([code]) => code as number)).toEqual([0, 0, 0, 0]);
  expect(sqliteSchemaState(client)).toBe('current');
  expect(new Set(journal(client).map((row) => JSON.stringify(row))).size).toBe(journal(client).length);
});

test('what compaction had not come to in an earlier schema is noted, and nothing else', async () => {
  const { client } = await openFile();
  migrateSqlite(client);
  client.exec(`drop table changed_hours;
    create table cursors (name text primary key not null, hour integer not null);
    insert into cursors values ('compact-observations', 7)`);
  const insert = client.prepare('insert into observations values (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const [index, hour] of [6, 7, 8, 8, 9].entries()) {
    insert.run('test', `key-${index}`, 'pod', 'shop', 'uid', hour * 3_600_000, hour, 'EV-1', '{}');
  }
  const migration = join(import.meta.dirname, '..', '..', 'migrations', 'sqlite', '0009_note_changed_hours.sql');
  client.exec(await readFile(migration, 'utf8'));
  expect(client.prepare('select * from changed_hours').all()).toEqual([8, 9].map((hour) => ({ hour, cluster: '', taken: 0 })));
});
