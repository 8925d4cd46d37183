import { sql, type Placeholder } from 'drizzle-orm';

/** Rows of one statement, largest first: large enough to spare calls, and in steps small enough that a remainder costs little. */
const sizes = [128, 16, 4, 1];

type PlaceholderRow<Column extends string> = { readonly [Name in Column]: Placeholder };

interface PreparedInsert<Result> {
  execute(values: Record<string, unknown>): PromiseLike<Result>;
}

/**
 * Inserts any number of rows through a few prepared statements of fixed sizes, so that no SQL is built per batch. They leave
 * together: over a network, each would otherwise wait for the answer to the one before.
 *
 * @param prepare makes the statement for the given placeholder rows
 * @returns what the statements returned, in order
 */
export function createRowInserter<const Column extends string, Returned>(
  columns: readonly Column[],
  prepare: (rows: PlaceholderRow<Column>[], name: string) => PreparedInsert<readonly Returned[]>,
): (rows: readonly Readonly<Record<Column, unknown>>[]) => Promise<Returned[]> {
  const prepared = new Map<number, PreparedInsert<readonly Returned[]>>();
  const statementOf = (size: number): PreparedInsert<readonly Returned[]> => {
    const known = prepared.get(size) ?? prepare(placeholders(columns, size), `of_${size}`);
    prepared.set(size, known);
    return known;
  };
  return async (rows) => {
    const sent: PromiseLike<readonly Returned[]>[] = [];
    let at = 0;
    for (const size of sizes) {
      for (; at + size <= rows.length; at += size) sent.push(statementOf(size).execute(valuesOf(columns, rows.slice(at, at + size))));
    }
    return (await Promise.all(sent)).flat();
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
