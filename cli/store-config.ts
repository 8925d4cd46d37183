import { loadSettings, type Config } from '../functions/config.ts';
import { defaultDataDir } from './data-dir.ts';

/**
 * The store that a command works on: batches in the folder, and the database there too, unless MORTEM_BUCKET names a bucket of
 * S3 for the ones and MORTEM_DATABASE_URL a PostgreSQL for the other.
 *
 * @throws {MortemError} `usage`, naming every variable that is wrong
 */
export function storeConfig(data: string | undefined, env: NodeJS.ProcessEnv): Config {
  return { ...loadSettings(env), dataDir: data ?? defaultDataDir(env), logLevel: 'silent' };
}
