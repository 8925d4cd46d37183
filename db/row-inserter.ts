import { is, Param, Placeholder, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Connection, RunStatement } from './database.ts';
import type { Tables } from './schema.ts';

/** Rows of one statement, largest first: large enough to spare calls, and in steps small enough that a remainder costs little. */
const sizes = [128, 16, 4, 1];

type PlaceholderRow<Column extends string> = { readonly [Name in Column]: Placeholder };

type Row<Column extends string> = Readonly<Record<Column, unknown>>;

interface InsertOptions<Column extends string, Returned> {
  /** Of the prepared statements, one for each table and use. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** The statement for the given placeholder rows. */
  readonly insert: (rows: PlaceholderRow<Column>[]) => { toSQL(): { readonly sql: string; readonly params: readonly unknown[] } };
  /** What it returns, in its order; left out where it returns nothing. */
  readonly returning?: { readonly [Name in keyof Returned]: PgColumn };
}

/**
 * Inserts any number of rows through a few prepared statements of fixed sizes, so that no SQL is built per batch. They leave
 * together: over a network, each would otherwise wait for the answer to the one before.
 *
 * @returns what the statements returned, in order
 */
export function createRowInserter<const Column extends string, Returned = object>(
  connection: Connection,
  options: InsertOptions<Column, Returned>,
): (rows: readonly Row<Column>[]) => Promise<readonly Returned[]> {
  const statements = new Map<number, (rows: readonly Row<Column>[]) => ReturnType<RunStatement>>();
  const statementOf = (size: number) => {
    const known = statements.get(size) ?? prepareInsert(connection, options, size);
    statements.set(size, known);
    return known;
  };
  const toReturned = decoderOf<Returned>(options.returning);
  return async (rows) => {
    const sent: ReturnType<RunStatement>[] = [];
    let at = 0;
    for (const size of sizes) {
      for (; at + size <= rows.length; at += size) sent.push(statementOf(size)(rows.slice(at, at + size)));
    }
    return (await Promise.all(sent)).flatMap((returned) => returned.map(toReturned));
  };
}

/** Where the value of a parameter comes from, and how its column writes it. */
interface Slot {
  readonly row: number;
  readonly column: string;
  readonly toDriver: (value: unknown) => unknown;
}

function prepareInsert<Column extends string>(
  { prepare, tables }: Connection,
  options: Pick<InsertOptions<Column, unknown>, 'name' | 'columns' | 'insert'>,
  size: number,
): (rows: readonly Row<Column>[]) => ReturnType<RunStatement> {
  const name = `${options.name}_of_${size}`;
  const { text, slots } = rememberText(tables, name, () => {
    const { sql: written, params } = options.insert(placeholders(options.columns, size)).toSQL();
    return { text: written, slots: params.map(slotOf) };
  });
  const run = prepare({ sql: text, name });
  return (rows) =>
    run(
      slots.map((slot) => {
        if (!('toDriver' in slot)) return slot.value;
        const row: Readonly<Record<string, unknown>> | undefined = rows[slot.row];
        return slot.toDriver(row?.[slot.column]);
      }),
    );
}

interface InsertText {
  readonly text: string;
  readonly slots: readonly (Slot | { readonly value: unknown })[];
}

/** By dialect and name: a pool opens many connections, and to write a thousand placeholders takes longer than to send them. */
const texts = new WeakMap<Tables, Map<string, InsertText>>();

function rememberText(tables: Tables, name: string, write: () => InsertText): InsertText {
  const ofDialect = texts.get(tables) ?? new Map<string, InsertText>();
  texts.set(tables, ofDialect);
  const known = ofDialect.get(name) ?? write();
  ofDialect.set(name, known);
  return known;
}

/** A parameter that is no placeholder has the same value in every row: the default of a column that is not named. */
function slotOf(param: unknown): Slot | { readonly value: unknown } {
  if (!is(param, Param) || !is(param.value, Placeholder)) return { value: param };
  const [row = '', column = ''] = param.value.name.split(' ');
  const { encoder } = param;
  return { row: Number(row), column, toDriver: (value) => (value === null ? null : encoder.mapToDriverValue(value)) };
}

function placeholders<const Column extends string>(columns: readonly Column[], rows: number): PlaceholderRow<Column>[] {
  return Array.from({ length: rows }, (_, row) => {
    const named = Object.fromEntries(columns.map((column) => [column, sql.placeholder(`${row} ${column}`)]));
    // Object.fromEntries forgets the names of its keys; they are exactly `columns`.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return named as PlaceholderRow<Column>;
  });
}

function decoderOf<Returned>(returning: InsertOptions<string, Returned>['returning']): (row: readonly unknown[]) => Returned {
  const columns = Object.entries<PgColumn>(returning ?? {});
  return (row) => {
    const named = Object.fromEntries(columns.map(([name, column], index) => [name, decode(column, row[index])]));
    // Object.fromEntries forgets the names of its keys; they are exactly those of `returning`.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return named as Returned;
  };
}

function decode(column: PgColumn, value: unknown): unknown {
  return value === null ? null : column.mapFromDriverValue(value);
}
