import { z } from 'zod';
import { MortemError } from '#core/errors.ts';

/** What the program needs to know of its surroundings. */
export interface Config {
  /** Directory of the database and the blobs. */
  readonly dataDir: string;
  /** PostgreSQL, when the database is not a file in `dataDir`. */
  readonly databaseUrl?: string | undefined;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** What one cluster may send in the long run; 0 is no limit. */
  readonly batchesPerSecond?: number;
  /** Bytes of all bodies that are taken in at once, as sent. */
  readonly maxInFlightBytes?: number;
}

/** A collector sends some batches a minute, and its spool after an outage: far above both, and below what one process takes. */
export const defaultBatchesPerSecond = 100;

const databaseUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'is a URL that begins with postgres://' }).optional();

/** Eight of the largest batches, or thousands of usual ones. Each byte can become fifty in memory before it is released. */
export const defaultInFlightBytes = 32_000_000;

const environment = z.object({
  MORTEM_DATA: z.string({ error: 'is the directory for the database and the batches, and has no default' }).min(1, 'must not be empty'),
  MORTEM_DATABASE_URL: databaseUrl,
  MORTEM_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'is debug, info, warn, error or silent' })
    .default('info'),
  MORTEM_RATE_LIMIT: z.coerce
    .number({ error: 'is the number of batches a second that one cluster may send, 0 for no limit' })
    .min(0, 'is 0 or more')
    .default(defaultBatchesPerSecond),
  MORTEM_MAX_IN_FLIGHT_BYTES: z.coerce
    .number({ error: 'is the number of bytes of batches that are taken in at once' })
    .int('is a whole number')
    .min(1, 'is more than 0')
    .default(defaultInFlightBytes),
});

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment, once, at start.
 *
 * @throws {MortemError} `usage`, naming every variable that is wrong
 */
export function loadConfig(env: Environment): Config {
  const parsed = environment.safeParse(env);
  if (parsed.success) {
    const { data } = parsed;
    return {
      dataDir: data.MORTEM_DATA,
      databaseUrl: data.MORTEM_DATABASE_URL,
      logLevel: data.MORTEM_LOG_LEVEL,
      batchesPerSecond: data.MORTEM_RATE_LIMIT,
      maxInFlightBytes: data.MORTEM_MAX_IN_FLIGHT_BYTES,
    };
  }
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new MortemError('usage', `The environment is not right: ${faults.join('; ')}.`);
}

/**
 * The PostgreSQL that the environment names, if any.
 *
 * @throws {MortemError} `usage` for a URL of something else
 */
export function databaseUrlOf(env: Environment): string | undefined {
  const parsed = databaseUrl.safeParse(env['MORTEM_DATABASE_URL']);
  if (parsed.success) return parsed.data;
  throw new MortemError('usage', 'MORTEM_DATABASE_URL is not right: it is a URL that begins with postgres://.');
}
