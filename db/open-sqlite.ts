import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Connection, OpenDatabase } from './database.ts';
import { migrateSqlite, sqliteSchemaState } from './migrate-sqlite.ts';
import { sqliteTables } from './schema.ts';
import { createSqliteTransact } from './sqlite-transact.ts';
import { releaseSqliteSpace } from './release-sqlite-space.ts';

/** Pages kept in memory by the two connections together: today's part of every index. */
const defaultCacheBytes = 134_217_728;

/**
 * Opens, creates and migrates the database file. Two connections: what reads never sees a transaction that is under way.
 *
 * @param path of a file; an in-memory database cannot be shared by the two
 */
export function openSqlite(path: string, cacheBytes = defaultCacheBytes): OpenDatabase {
  mkdirSync(dirname(path), { recursive: true });
  const writer = connect(path, cacheBytes / 2);
  migrateSqlite(writer);
  const reader = connect(path, cacheBytes / 2);
  const readable = connection(reader);
  const transact = createSqliteTransact(writer, connection(writer));
  return {
    read: (work) => work(readable),
    transact,
    releaseSpace: () => transact(async () => releaseSqliteSpace(writer)),
    sizeBytes: async () =>
      reader.prepare<[], number>('select page_count * page_size from pragma_page_count(), pragma_page_size()').pluck().get() ?? 0,
    schemaState: async () => sqliteSchemaState(reader),
    close: async () => {
      reader.close();
      writer.close();
    },
  };
}

function connect(path: string, cacheBytes: number): BetterSqlite.Database {
  const client = new BetterSqlite(path, { timeout: 5000 });
  // Before anything is written: a database that was made without it keeps its free pages until somebody runs a vacuum.
  client.pragma('auto_vacuum = incremental');
  client.pragma('journal_mode = wal');
  // Acknowledged means durable: in WAL mode NORMAL may lose the last commits when the power fails. See `Durability`.
  client.pragma('synchronous = full');
  client.pragma('wal_autocheckpoint = 16000');
  // In KiB: that it is no number of pages is said by the sign.
  client.pragma(`cache_size = -${Math.ceil(cacheBytes / 1024)}`);
  return client;
}

// SQLite's builders have PostgreSQL's shape for all that `Connection` allows, which the conformance suite shows by running on both.
const connection = (client: BetterSqlite.Database): Connection => ({
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  db: drizzle({ client }) as unknown as Connection['db'],
  tables: sqliteTables,
  prepare: ({ sql }) => {
    const statement = client.prepare<unknown[], readonly unknown[]>(sql);
    if (statement.reader) statement.raw();
    // In the promise, as everything that can fail is.
    return async (values) => (statement.reader ? statement.all(values) : (statement.run(values), []));
  },
});
