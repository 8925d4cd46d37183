import type BetterSqlite from 'better-sqlite3';

/** 8 MB: some tens of milliseconds, in which nothing else is written. */
const pagesAtOnce = 2000;
/** Of all pages: fewer will be used again soon. */
const toleratedShare = 0.25;

/** @returns bytes given back; 0 for a database that was made without `auto_vacuum = incremental` */
export function releaseSqliteSpace(client: BetterSqlite.Database): number {
  const read = (name: string): number => Number(client.pragma(name, { simple: true }));
  const pages = read('page_count');
  if (read('freelist_count') < pages * toleratedShare) return 0;
  client.pragma(`incremental_vacuum(${pagesAtOnce})`);
  return (pages - read('page_count')) * read('page_size');
}
