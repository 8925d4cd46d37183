import { join } from 'node:path';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import type { OpenDatabase } from '../../db/database.ts';
import { openPostgres } from '../../db/open-postgres.ts';
import { openSqlite } from '../../db/open-sqlite.ts';
import { postgresDatabase } from './postgres-database.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** An empty database for the running test, on one of the engines. */
export interface TestDatabase {
  readonly open: () => OpenDatabase;
  /** Cuts every connection of this moment, where there are any to cut. */
  readonly cutConnections: () => Promise<void>;
}

/** By name, for `test.each`. */
export const engines: readonly (readonly [string, () => Promise<TestDatabase>])[] = [
  ['SQLite', sqliteDatabase],
  ['PostgreSQL', postgresTestDatabase],
];

async function sqliteDatabase(): Promise<TestDatabase> {
  const path = join(await temporaryDirectory(), 'mortem.db');
  return { open: () => closedAfterwards(openSqlite(path)), cutConnections: async () => undefined };
}

const cut = 'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';

async function postgresTestDatabase(): Promise<TestDatabase> {
  const url = await postgresDatabase();
  const other = new Client({ connectionString: url });
  await other.connect();
  // One after the other, also for those who do not wait.
  let last: Promise<unknown> = Promise.resolve();
  onTestFinished(async () => {
    await last;
    await other.end();
  });
  return {
    open: () => closedAfterwards(openPostgres({ url, maxConnections: 4 })),
    cutConnections() {
      last = last.then(() => other.query(cut));
      return last.then(() => undefined);
    },
  };
}

function closedAfterwards(database: OpenDatabase): OpenDatabase {
  onTestFinished(() => database.close());
  return database;
}
