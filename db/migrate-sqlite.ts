import type BetterSqlite from 'better-sqlite3';
import { MortemError } from '#core/errors.ts';
import type { SchemaState } from './database.ts';
import type { Migrated } from './migrated.ts';
import { readMigrations } from './read-migrations.ts';
import { compareSchema } from './schema-state.ts';

const journal = `create table if not exists __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)`;

/**
 * Brings the schema up to date. The journal is read inside the immediate transaction, unlike in drizzle's own migrator,
 * so that of two processes which start at once the second finds the work done.
 *
 * @throws {MortemError} `unsupported` when a newer program wrote the database
 */
export function migrateSqlite(client: BetterSqlite.Database): Migrated {
  const migrations = readMigrations('sqlite');
  const run = client.transaction(() => {
    client.exec(journal);
    const last = lastApplied(client);
    if (compareSchema(migrations, last) === 'newer') {
      throw new MortemError(
        'unsupported',
        'The data directory was written by a newer version of mortem. Install that version, or choose another directory.',
      );
    }
    const record = client.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)');
    const missing = migrations.filter(({ folderMillis }) => folderMillis > last);
    for (const migration of missing) {
      for (const statement of migration.sql) client.exec(statement);
      record.run(migration.hash, migration.folderMillis);
    }
    return { applied: missing.length, total: migrations.length };
  });
  return run.immediate();
}

export function sqliteSchemaState(client: BetterSqlite.Database): SchemaState {
  return compareSchema(readMigrations('sqlite'), lastApplied(client));
}

/** 0 for a database that has no journal: nobody has migrated it. */
function lastApplied(client: BetterSqlite.Database): number {
  if (client.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get() === undefined) return 0;
  return client.prepare<[], number | null>('select max(created_at) from __drizzle_migrations').pluck().get() ?? 0;
}
