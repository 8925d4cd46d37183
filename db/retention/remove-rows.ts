import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Connection } from '../database.ts';

/** Rows of one statement: others wait for its transaction. */
export const rowsAtOnce = 1000;

/**
 * Removes some rows that meet the condition, at most {@link rowsAtOnce}. Neither engine has a `delete` with a limit that the
 * other has too; a list of keys both have.
 *
 * @returns how many are gone; fewer than {@link rowsAtOnce} when none is left
 */
export async function removeRows(
  { db }: Connection,
  table: PgTable,
  key: readonly PgColumn[],
  condition: SQL | undefined,
): Promise<number> {
  const chosen = db
    .select(Object.fromEntries(key.map((column) => [column.name, column])))
    .from(table)
    .where(condition)
    .limit(rowsAtOnce);
  const names = sql.join(
    key.map((column) => sql`${column}`),
    sql`, `,
  );
  const [first] = Object.values(getTableColumns(table));
  if (first === undefined) return 0;
  const removed = await db
    .delete(table)
    .where(sql`(${names}) in ${chosen}`)
    .returning({ first });
  return removed.length;
}
