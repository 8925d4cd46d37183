import * as p from 'drizzle-orm/pg-core';
import * as s from 'drizzle-orm/sqlite-core';

/**
 * Compared byte by byte, as SQLite does: in the order of a language `a-1` may lie beyond `a1`, and a range would miss what
 * starts with a prefix.
 */
const byteOrderedText = p.customType<{ data: string; driverData: string }>({
  dataType: () => 'text COLLATE "C"',
  // PostgreSQL has no text with a zero in it. JSON escapes it; a name that carries one must not poison its batch.
  // The value of a placeholder comes as it is, null included.
  toDriver: (text) => (text === null ? text : text.replaceAll('\0', '\u{fffd}')),
});

const byteaColumn = p.customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/**
 * The few column kinds the schema uses, once per dialect. Times are epoch milliseconds and documents are JSON in text,
 * so that buckets, comparisons and bytes are the same on both.
 */
export const pg = {
  table: p.pgTable,
  index: p.index,
  primaryKey: p.primaryKey,
  text: (name: string) => byteOrderedText(name),
  integer: (name: string) => p.bigint(name, { mode: 'number' }),
  flag: (name: string) => p.boolean(name),
  bytes: (name: string) => byteaColumn(name),
};

export const sqlite = {
  table: s.sqliteTable,
  index: s.index,
  primaryKey: s.primaryKey,
  text: (name: string) => s.text(name),
  integer: (name: string) => s.integer(name),
  flag: (name: string) => s.integer(name, { mode: 'boolean' }),
  bytes: (name: string) => s.blob(name, { mode: 'buffer' }),
};
