import { sql } from 'drizzle-orm';
import { Pool } from 'pg';
import type { OpenDatabase } from './database.ts';
import { createPostgresSession } from './postgres-session.ts';
import { readPostgresSchemaState } from './migrate-postgres.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`, with libpq's parameters such as `sslmode`. */
  readonly url: string;
  /** Clients at most. A Lambda instance answers one request at a time and needs two; all instances share what the server allows. */
  readonly maxConnections: number;
  /** Told of connections that were lost while nobody used them; the next use opens another. */
  readonly onConnectionLost?: (error: Error) => void;
}

// Each below the 28 s that a function has, so that a caller hears the reason and not a time-out of its own.
const connectTimeoutMs = 5_000;
const statementTimeoutMs = 20_000;
const lockTimeoutMs = 10_000;
const idleInTransactionTimeoutMs = 30_000;
const idleTimeoutMs = 60_000;

/** Opens a pool; connects at first use, and never migrates: `mortem migrate` does. */
export function openPostgres({ url, maxConnections, onConnectionLost }: PostgresOptions): OpenDatabase {
  const pool = new Pool({
    connectionString: url,
    application_name: 'mortem',
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: idleTimeoutMs,
    statement_timeout: statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    keepAlive: true,
    // Statements that do not need each other's answers leave together.
    pipeline: true,
  });
  // Without a listener a lost connection ends the process; whoever was using it hears of it from its own statement.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', (error) => onConnectionLost?.(error));
  const session = createPostgresSession(pool);
  return {
    ...session,
    sizeBytes: () =>
      session.read(async ({ db }) => {
        const [row] = await db
          .select({ bytes: sql<number>`pg_database_size(current_database())`.mapWith(Number) })
          .from(sql`(select 1) as one`);
        return row?.bytes ?? 0;
      }),
    // Autovacuum does, as far as it can be done.
    releaseSpace: async () => 0,
    schemaState: () => session.read((connection) => readPostgresSchemaState(connection)),
    close: () => pool.end(),
  };
}
