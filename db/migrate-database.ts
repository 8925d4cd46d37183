import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import type { SchemaState } from './database.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { migrateSqlite, sqliteSchemaState } from './migrate-sqlite.ts';
import type { Migrated } from './migrated.ts';
import { openPostgres } from './open-postgres.ts';

/** A database by its place: a PostgreSQL, else a file in the folder. */
export interface DatabasePlace {
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
}

/** @throws {MortemError} `unreachable`, or `unsupported` when a newer program wrote the database */
export async function migrateDatabase({ databaseUrl, dataDir }: DatabasePlace): Promise<Migrated> {
  if (databaseUrl !== undefined) return migratePostgres(databaseUrl);
  mkdirSync(dataDir, { recursive: true });
  return withFile(dataDir, migrateSqlite);
}

/** Compares, and changes nothing. */
export async function inspectDatabase({ databaseUrl, dataDir }: DatabasePlace): Promise<SchemaState> {
  if (databaseUrl === undefined) return existsSync(fileIn(dataDir)) ? withFile(dataDir, sqliteSchemaState) : 'older';
  const database = openPostgres({ url: databaseUrl, maxConnections: 1 });
  try {
    return await database.schemaState();
  } finally {
    await database.close();
  }
}

function withFile<T>(dataDir: string, work: (client: BetterSqlite.Database) => T): T {
  const client = new BetterSqlite(fileIn(dataDir), { timeout: 5000 });
  try {
    return work(client);
  } finally {
    client.close();
  }
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'mortem.db');
}
