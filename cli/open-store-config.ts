import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MortemError } from '#core/errors.ts';
import type { Config } from '../functions/config.ts';
import { storeConfig } from './store-config.ts';

/**
 * The store of a query, which must be there: asking makes none.
 *
 * @throws {MortemError} `not-found`
 */
export function openStoreConfig(data: string | undefined, env: NodeJS.ProcessEnv): Config {
  const config = storeConfig(data, env);
  if (config.databaseUrl !== undefined || existsSync(join(config.dataDir, 'mortem.db'))) return config;
  throw new MortemError(
    'not-found',
    `There is no store in ${config.dataDir}. Start one with "mortem up", or say --data DIR or --server URL.`,
  );
}
