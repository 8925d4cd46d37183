import { sql, type Placeholder } from 'drizzle-orm';

/** Rows of one statement: large enough to spare calls, small enough that the remainder costs little. */
const rowsPerStatement = 32;

type PlaceholderRow<Column extends string> = { readonly [Name in Column]: Placeholder };

interface PreparedInsert<Result> {
  execute(values: Record<string, unknown>): PromiseLike<Result>;
}

/**
 * Inserts any number of rows through two prepared statements, of 32 rows and of one, so that no SQL is built per batch.
 *
 * @param prepare makes the statement for the given placeholder rows
 * @returns what the statements returned, in order
 */
export function createRowInserter<const Column extends string, Returned>(
  columns: readonly Column[],
  prepare: (rows: PlaceholderRow<Column>[], name: string) => PreparedInsert<readonly Returned[]>,
): (rows: readonly Readonly<Record<Column, unknown>>[]) => Promise<Returned[]> {
  const many = prepare(placeholders(columns, rowsPerStatement), 'many');
  const one = prepare(placeholders(columns, 1), 'one');
  return async (rows) => {
    const returned: Returned[] = [];
    let at = 0;
    for (; at + rowsPerStatement <= rows.length; at += rowsPerStatement) {
      returned.push(...(await many.execute(valuesOf(columns, rows.slice(at, at + rowsPerStatement)))));
    }
    for (; at < rows.length; at += 1) returned.push(...(await one.execute(valuesOf(columns, rows.slice(at, at + 1)))));
    return returned;
  };
}

function placeholders<const Column extends string>(columns: readonly Column[], rows: number): PlaceholderRow<Column>[] {
  return Array.from({ length: rows }, (_, row) => {
    const named = Object.fromEntries(columns.map((column) => [column, sql.placeholder(`${column}${row}`)]));
    // Object.fromEntries forgets the names of its keys; they are exactly `columns`.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return named as PlaceholderRow<Column>;
  });
}

function valuesOf<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, unknown>>[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [index, row] of rows.entries()) {
    for (const column of columns) values[`${column}${index}`] = row[column];
  }
  return values;
}
