import { join } from 'node:path';
import { readMigrationFiles, type MigrationMeta } from 'drizzle-orm/migrator';

/** The migrations of a dialect, oldest first. Same place from `db/` and from a bundle in `dist/` or `build/`: all lie one level below the root. */
export function readMigrations(dialect: 'sqlite' | 'postgres'): readonly MigrationMeta[] {
  return readMigrationFiles({ migrationsFolder: join(import.meta.dirname, '..', 'migrations', dialect) });
}
