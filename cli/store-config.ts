import { databaseUrlOf, type Config } from '../functions/config.ts';
import { defaultDataDir } from './data-dir.ts';

/**
 * The store that a command works on: batches in the folder, and the database there too unless MORTEM_DATABASE_URL names a
 * PostgreSQL.
 *
 * @throws {MortemError} `usage` for a URL of something else
 */
export function storeConfig(data: string | undefined, env: NodeJS.ProcessEnv): Config {
  return { dataDir: data ?? defaultDataDir(env), databaseUrl: databaseUrlOf(env), logLevel: 'silent' };
}
