import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { Client } from 'pg';
import type { OpenDatabase } from '../../../db/database.ts';
import { migratePostgres } from '../../../db/migrate-postgres.ts';
import { openPostgres } from '../../../db/open-postgres.ts';
import { openSqlite } from '../../../db/open-sqlite.ts';
import { startPostgres } from '../../../test/support/start-postgres.ts';
import { fleetDir, type FleetEngine } from './fleet-dir.ts';

/** The database of a fleet, and a way to say what the store never does. */
export interface OpenFleet {
  readonly database: OpenDatabase;
  /** Of PostgreSQL. */
  readonly url?: string;
  /** One statement of the engine's own; the values of the first column. */
  execute(statement: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function openFleet(engine: FleetEngine): Promise<OpenFleet> {
  await mkdir(fleetDir, { recursive: true });
  return engine === 'sqlite' ? openOnSqlite() : openOnPostgres();
}

function openOnSqlite(): OpenFleet {
  const path = join(fleetDir, 'mortem.db');
  const database = openSqlite(path);
  return {
    database,
    async execute(statement) {
      const client = new BetterSqlite(path, { timeout: 5000 });
      try {
        const prepared = client.prepare<[], string>(statement);
        if (prepared.reader) return prepared.pluck().all();
        prepared.run();
        return [];
      } finally {
        client.close();
      }
    },
    close: () => database.close(),
  };
}

/** A server of its own, whose data stays. */
async function openOnPostgres(): Promise<OpenFleet> {
  const server = await startPostgres({ durable: true, kept: join(fleetDir, 'postgres') });
  const url = `${server.url}/fleet`;
  const admin = new Client({ connectionString: `${server.url}/postgres` });
  await admin.connect();
  const { rowCount } = await admin.query(`select 1 from pg_database where datname = 'fleet'`);
  if (rowCount === 0) await admin.query('create database fleet');
  await admin.end();
  await migratePostgres(url);
  const client = new Client({ connectionString: url });
  await client.connect();
  const database = openPostgres({ url, maxConnections: 4 });
  return {
    database,
    url,
    async execute(statement) {
      const { rows } = await client.query<string[]>({ text: statement, rowMode: 'array' });
      return rows.map(([first]) => String(first));
    },
    async close() {
      await database.close();
      await client.end();
      await server.stop();
    },
  };
}
