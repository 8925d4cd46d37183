import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Tables } from './schema.ts';

/**
 * One handle and the tables of its dialect, both typed as PostgreSQL's whatever is below. Only awaited builders and prepared
 * statements are used: `execute`, `transaction`, `for('update')` and `ilike` compile but do not exist on SQLite.
 */
export interface Connection {
  readonly db: PgDatabase<PgQueryResultHKT>;
  readonly tables: Tables;
}

/**
 * Runs `work` in one write transaction that is committed when the promise resolves and undone when it rejects.
 * `work` touches nothing but the connection it is given, and calls no `transact` of its own.
 */
export type Transact = <T>(work: (tx: Connection) => Promise<T>) => Promise<T>;

export interface OpenDatabase {
  /** Sees committed data only, also while a transaction is under way. */
  readonly read: Connection;
  readonly transact: Transact;
  /** False when the schema is older than this program. */
  readonly schemaIsCurrent: () => boolean;
  readonly close: () => void;
}
