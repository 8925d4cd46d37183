import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig as pgConfig } from 'drizzle-orm/pg-core';
import { getTableConfig as sqliteConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { pg } from '../../db/columns.ts';
import { defineTables, sqliteTables } from '../../db/schema.ts';
import * as exported from '../../db/sqlite-schema.ts';

const pgTables = defineTables(pg);
const names = Object.keys(sqliteTables) as (keyof typeof sqliteTables)[];

test('both dialects have the same tables, columns, keys and indexes', () => {
  expect(Object.keys(pgTables)).toEqual(names);
  for (const name of names) {
    // What is typed as PostgreSQL's is SQLite's: the cast this test is about.
    const sqlite = sqliteConfig(sqliteTables[name] as unknown as SQLiteTable);
    const postgres = pgConfig(pgTables[name]);
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
      Object.entries(getTableColumns(table)).map(([column, { dataType }]) => [column, dataType]);
    expect(types(sqliteTables[name])).toEqual(types(pgTables[name]));
  }
});

test('drizzle-kit sees every table', () => {
  expect(Object.values(exported).map(getTableName).toSorted()).toEqual(Object.values(sqliteTables).map(getTableName).toSorted());
});
