import { max } from 'drizzle-orm';
import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import type { MigrationMeta } from 'drizzle-orm/migrator';
import { Client } from 'pg';
import { MortemError } from '#core/errors.ts';
import type { Connection, SchemaState } from './database.ts';
import type { Migrated } from './migrated.ts';
import { causeOf, isUndefinedTable, toMortemError } from './postgres-fault.ts';
import { readMigrations } from './read-migrations.ts';
import { compareSchema } from './schema-state.ts';

/** Of this database, whoever migrates: any number, as long as nobody else's program takes the same. */
const lockKey = 6_667_733_836;

const createJournal = 'create table if not exists __drizzle_migrations (created_at bigint primary key, hash text not null)';
const journal = pgTable('__drizzle_migrations', { createdAt: bigint('created_at', { mode: 'number' }), hash: text('hash') });

/**
 * Brings the schema up to date, on a connection of its own that must be a session: a pooler in transaction mode would hand
 * the lock to somebody else. All that is new lies in one transaction: a migration that fails leaves nothing behind.
 *
 * @throws {MortemError} `unreachable`, or `unsupported` when a newer program wrote the database
 */
export async function migratePostgres(url: string): Promise<Migrated> {
  const client = new Client({ connectionString: url, application_name: 'mortem migrate', connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    // Drizzle's own migrator has no lock: of two at once, both run the same statements.
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    return await applyMissing(client, readMigrations('postgres'));
  } catch (error) {
    throw toMortemError(error);
  } finally {
    // The lock goes with the session.
    await client.end();
  }
}

async function applyMissing(client: Client, migrations: readonly MigrationMeta[]): Promise<Migrated> {
  await client.query(createJournal);
  const { rows } = await client.query<{ last: string | null }>('select max(created_at) as last from __drizzle_migrations');
  const last = Number(rows[0]?.last ?? 0);
  if (compareSchema(migrations, last) === 'newer') {
    throw new MortemError('unsupported', 'The database was migrated by a newer version of mortem. Install that version.');
  }
  const missing = migrations.filter(({ folderMillis }) => folderMillis > last);
  await client.query('begin');
  try {
    for (const { sql, hash, folderMillis } of missing) {
      for (const statement of sql) await client.query(statement);
      await client.query('insert into __drizzle_migrations (created_at, hash) values ($1, $2)', [folderMillis, hash]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  return { applied: missing.length, total: migrations.length };
}

export async function readPostgresSchemaState({ db }: Connection): Promise<SchemaState> {
  return compareSchema(readMigrations('postgres'), await lastApplied(db));
}

async function lastApplied(db: Connection['db']): Promise<number> {
  try {
    const [row] = await db.select({ last: max(journal.createdAt) }).from(journal);
    return row?.last ?? 0;
  } catch (error) {
    if (isUndefinedTable(causeOf(error))) return 0;
    throw error;
  }
}
