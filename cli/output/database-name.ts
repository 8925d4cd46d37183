import { join } from 'node:path';
import type { Config } from '../../functions/config.ts';

/** Where a database is, for a person: never with the password. */
export function databaseName({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): string {
  if (databaseUrl === undefined) return join(dataDir, 'mortem.db');
  const { host, pathname } = new URL(databaseUrl);
  return `PostgreSQL ${host}${pathname}`;
}
