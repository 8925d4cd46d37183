import { and, eq, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Connection } from '../database.ts';
import { createRowInserter } from '../row-inserter.ts';

type Row = Readonly<Record<string, unknown>>;

export interface RowSet<T extends Row> {
  readonly stored: readonly T[];
  readonly wanted: readonly T[];
}

/**
 * Makes the stored rows the wanted ones, and touches none that are so already.
 *
 * @returns those that came, changed or went
 */
export type ReplaceRows = <T extends Row>(rows: RowSet<T>) => Promise<readonly T[]>;

/**
 * @param name of the prepared statements
 * @param key columns that make a row the same row
 */
export function createRowReplacer(
  connection: Connection,
  table: PgTable,
  { name, key }: { name: string; key: readonly string[] },
): ReplaceRows {
  const { db } = connection;
  const keyColumns = key.map((column) => columnOf(table, column));
  const upsert = createRowInserter(connection, {
    name: `save_${name}`,
    columns: Object.keys(getTableColumns(table)),
    insert: (rows) =>
      db
        .insert(table)
        .values(rows)
        // A row may still be there under another workload: the owner of its pod was learned later.
        .onConflictDoUpdate({ target: keyColumns, set: excludedColumns(table) }),
  });
  const identity = (row: Row): string => JSON.stringify(key.map((column) => row[column]));
  return async ({ stored, wanted }) => {
    const fresh = new Map(wanted.map((row) => [identity(row), row]));
    const gone: (typeof stored)[number][] = [];
    for (const row of stored) {
      const id = identity(row);
      const next = fresh.get(id);
      if (next === undefined) {
        gone.push(row);
        await db.delete(table).where(and(...keyColumns.map((column, index) => eq(column, row[key[index] ?? '']))));
      } else if (content(next) === content(row)) fresh.delete(id);
    }
    const changed = [...fresh.values()];
    await upsert(changed);
    return [...gone, ...changed];
  };
}

function content(row: Row): string {
  return JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function columnOf(table: PgTable, column: string): PgColumn {
  const found = getTableColumns(table)[column];
  if (found === undefined) throw new RangeError(`no column ${column}`);
  return found;
}

function excludedColumns(table: PgTable): Record<string, SQL> {
  return Object.fromEntries(Object.entries(getTableColumns(table)).map(([name, column]) => [name, sql.raw(`excluded.${column.name}`)]));
}
