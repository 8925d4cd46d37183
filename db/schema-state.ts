import type { MigrationMeta } from 'drizzle-orm/migrator';
import type { SchemaState } from './database.ts';

/**
 * Where a database stands against the migrations of this program.
 *
 * @param lastApplied time of the youngest migration that was applied, epoch milliseconds; 0 before any
 */
export function compareSchema(migrations: readonly MigrationMeta[], lastApplied: number): SchemaState {
  const newest = migrations.at(-1)?.folderMillis ?? 0;
  if (lastApplied === newest) return 'current';
  return lastApplied < newest ? 'older' : 'newer';
}
