import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Tables } from './schema.ts';

/**
 * One handle and the tables of its dialect, both typed as PostgreSQL's whatever is below. Only awaited builders and prepared
 * statements are used: `execute`, `transaction`, `for('update')` and `ilike` compile but do not exist on SQLite.
 */
export interface Connection {
  readonly db: PgDatabase<PgQueryResultHKT>;
  readonly tables: Tables;
  /** Prepares text that a builder made, for what runs with so many values that the builder's own execution costs more than the engine's. */
  readonly prepare: (statement: PreparedText) => RunStatement;
}

export interface PreparedText {
  readonly sql: string;
  /** One for each statement text. */
  readonly name: string;
}

/**
 * @param values in the order of the statement's parameters, as the driver takes them
 * @returns what the statement returns, as the driver gives it
 */
export type RunStatement = (values: readonly unknown[]) => Promise<readonly (readonly unknown[])[]>;

/**
 * Runs `work` in one write transaction that is committed when the promise resolves and undone when it rejects.
 * `work` touches nothing but the connection it is given, calls no `transact` of its own, and may be run again from its
 * start when the engine gave the transaction up.
 *
 * @throws {MortemError} `unreachable` when the connection is lost; only if that happened during the commit it may have taken hold
 */
export type Transact = <T>(work: (tx: Connection) => Promise<T>, durability?: Durability) => Promise<T>;

/**
 * Whether a commit waits for the disk. `derived` may be undone when the power fails, in the order of the commits and before the next
 * one that waits: for what is made again from rows that did.
 */
export type Durability = 'durable' | 'derived';

/** `older` and `newer` compare the schema of the database with the one this program was built for. */
export type SchemaState = 'current' | 'older' | 'newer';

export interface OpenDatabase {
  /** Sees committed data only, also while a transaction is under way. `work` may be run again when its connection is lost. */
  readonly read: <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;
  readonly transact: Transact;
  /** What the database takes on its disk. */
  readonly sizeBytes: () => Promise<number>;
  /**
   * Gives pages that nothing uses back to the disk, some of them: no statement waits for long.
   *
   * @returns bytes; 0 where the engine does it by itself
   */
  readonly releaseSpace: () => Promise<number>;
  readonly schemaState: () => Promise<SchemaState>;
  readonly close: () => Promise<void>;
}
