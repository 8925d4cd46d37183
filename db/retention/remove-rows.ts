import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Connection } from '../database.ts';
import { markTrends } from '../ledger/mark-trends.ts';

/** Rows of one statement: others wait for its transaction. */
export const rowsAtOnce = 1000;

export interface RemovableRows {
  readonly table: PgTable;
  readonly key: readonly PgColumn[];
  readonly where: SQL | undefined;
  /** When what the row stands for counts in a trend, of rows that do. */
  readonly countedAt?: PgColumn;
}

/**
 * Removes some rows that meet the condition, at most {@link rowsAtOnce}. Neither engine has a `delete` with a limit that the
 * other has too; a list of keys both have.
 *
 * @returns how many are gone; fewer than {@link rowsAtOnce} when none is left
 */
export async function removeRows(tx: Connection, { table, key, where, countedAt }: RemovableRows): Promise<number> {
  const { db } = tx;
  const chosen = db
    .select(Object.fromEntries(key.map((column) => [column.name, column])))
    .from(table)
    .where(where)
    .limit(rowsAtOnce);
  const names = sql.join(
    key.map((column) => sql`${column}`),
    sql`, `,
  );
  const { cluster, namespace, workloadKind, workloadName } = getTableColumns(table);
  const isChosen = sql`(${names}) in ${chosen}`;
  if (
    countedAt !== undefined &&
    cluster !== undefined &&
    namespace !== undefined &&
    workloadKind !== undefined &&
    workloadName !== undefined
  ) {
    const at = sql`${countedAt}`.mapWith(Number);
    const gone = await db
      .delete(table)
      .where(isChosen)
      .returning({
        cluster: text(cluster),
        namespace: text(namespace),
        workloadKind: text(workloadKind),
        workloadName: text(workloadName),
        at,
      });
    await markTrends(tx, gone);
    return gone.length;
  }
  const [first] = key;
  if (first === undefined) return 0;
  return (await db.delete(table).where(isChosen).returning({ first })).length;
}

function text(column: PgColumn): SQL<string> {
  return sql<string>`${column}`;
}
