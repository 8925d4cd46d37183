import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig as pgConfig } from 'drizzle-orm/pg-core';
import { getTableConfig as sqliteConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import * as exportedPostgres from '../../db/postgres-schema.ts';
import { postgresTables, sqliteTables } from '../../db/schema.ts';
import * as exportedSqlite from '../../db/sqlite-schema.ts';

const names = Object.keys(sqliteTables) as (keyof typeof sqliteTables)[];

test('both dialects have the same tables, columns, keys and indexes', () => {
  expect(Object.keys(postgresTables)).toEqual(names);
  for (const name of names) {
    // What is typed as PostgreSQL's is SQLite's: the cast this test is about.
    const sqlite = sqliteConfig(sqliteTables[name] as unknown as SQLiteTable);
    const postgres = pgConfig(postgresTables[name]);
    expect(sqlite.name).toBe(postgres.name);
    expect(sqlite.columns.map(({ name: column, notNull, primary }) => [column, notNull, primary])).toEqual(
      postgres.columns.map(({ name: column, notNull, primary }) => [column, notNull, primary]),
    );
    expect(sqlite.primaryKeys.map(({ columns }) => columns.map((column) => column.name))).toEqual(
      postgres.primaryKeys.map(({ columns }) => columns.map((column) => column.name)),
    );
    expect(sqlite.indexes.map(({ config }) => config.name)).toEqual(postgres.indexes.map(({ config }) => config.name));
    expect(postgres.foreignKeys).toEqual([]);
  }
});

test('a value has the same type in JavaScript on both', () => {
  for (const name of names) {
    const types = (table: (typeof sqliteTables)[typeof name]) =>
      Object.entries(getTableColumns(table)).map(([key, column]) => [key, typeOf(column)]);
    expect(types(sqliteTables[name])).toEqual(types(postgresTables[name]));
  }
});

/** Two types of PostgreSQL are drizzle's `custom`: text, since it names its collation, and bytea, which drizzle does not know. */
function typeOf(column: { readonly dataType: string; getSQLType(): string }): string {
  if (column.dataType !== 'custom') return column.dataType;
  return column.getSQLType() === 'bytea' ? 'buffer' : 'string';
}

test('drizzle-kit sees every table', () => {
  const all = Object.values(sqliteTables).map(getTableName).toSorted();
  for (const exported of [exportedSqlite, exportedPostgres]) {
    expect(Object.values(exported).map(getTableName).toSorted()).toEqual(all);
  }
});

test('every text of PostgreSQL is compared byte by byte, as SQLite compares it', () => {
  const types = Object.values(postgresTables).flatMap((table) =>
    Object.values(getTableColumns(table)).map((column) => column.getSQLType()),
  );
  expect(new Set(types)).toEqual(new Set(['bigint', 'boolean', 'text COLLATE "C"', 'bytea']));
});
