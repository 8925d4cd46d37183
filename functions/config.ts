import { z } from 'zod';
import { MortemError } from '#core/errors.ts';

/** What the program needs to know of its surroundings. */
export interface Config {
  /** Directory of the database and the blobs. */
  readonly dataDir: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

const environment = z.object({
  MORTEM_DATA: z.string({ error: 'is the directory for the database and the batches, and has no default' }).min(1, 'must not be empty'),
  MORTEM_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'is debug, info, warn, error or silent' })
    .default('info'),
});

/**
 * Reads the environment, once, at start.
 *
 * @throws {MortemError} `usage`, naming every variable that is wrong
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(env);
  if (parsed.success) return { dataDir: parsed.data.MORTEM_DATA, logLevel: parsed.data.MORTEM_LOG_LEVEL };
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new MortemError('usage', `The environment is not right: ${faults.join('; ')}.`);
}
