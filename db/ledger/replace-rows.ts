import { and, eq, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Connection } from '../database.ts';

type Row = Readonly<Record<string, unknown>>;

export interface RowSet<T extends Row> {
  readonly table: PgTable;
  /** Columns that make a row the same row. */
  readonly key: readonly (keyof T & string)[];
  readonly stored: readonly T[];
  readonly wanted: readonly T[];
}

/** SQLite takes 32,766 parameters in one statement; the widest row has 33 columns. */
const rowsPerInsert = 200;

/** Makes the stored rows the wanted ones, and touches none that are so already. */
export async function replaceRows<T extends Row>(tx: Connection, { table, key, stored, wanted }: RowSet<T>): Promise<void> {
  const identity = (row: T) => JSON.stringify(key.map((column) => row[column]));
  const content = (row: T) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const target = new Map(wanted.map((row) => [identity(row), row]));
  const same = new Set<string>();
  for (const row of stored) {
    const id = identity(row);
    const next = target.get(id);
    if (next !== undefined && content(next) === content(row)) same.add(id);
    else await tx.db.delete(table).where(isRow(table, key, row));
  }
  const fresh = [...target].filter(([id]) => !same.has(id)).map(([, row]) => row);
  for (let at = 0; at < fresh.length; at += rowsPerInsert) {
    await tx.db
      .insert(table)
      .values(fresh.slice(at, at + rowsPerInsert))
      // A row may still be there under another workload: the owner of its pod was learned later.
      .onConflictDoUpdate({ target: key.map((column) => columnOf(table, column)), set: excludedColumns(table) });
  }
}

function isRow<T extends Row>(table: RowSet<T>['table'], key: readonly (keyof T & string)[], row: T): SQL | undefined {
  return and(...key.map((column) => eq(columnOf(table, column), row[column])));
}

function columnOf(table: PgTable, column: string): PgColumn {
  const found = getTableColumns(table)[column];
  if (found === undefined) throw new RangeError(`no column ${column}`);
  return found;
}

function excludedColumns(table: PgTable): Record<string, SQL> {
  return Object.fromEntries(Object.entries(getTableColumns(table)).map(([name, column]) => [name, sql.raw(`excluded.${column.name}`)]));
}
