import { z } from 'zod';
import { MortemError } from '#core/errors.ts';
import { loadTrust, type TrustedIssuer } from './trust.ts';
import type { Retention } from './usecases/expire.ts';

/** What the environment says; what it does not say is for the program that reads it to know. */
export interface Settings {
  /** PostgreSQL, when the database is not a file in the data directory. */
  readonly databaseUrl?: string | undefined;
  /** S3, when batches are not files in the data directory. */
  readonly bucket?: BucketConfig | undefined;
  /** Where the schedule of a function sends what was left. */
  readonly queueUrl?: string | undefined;
  readonly deadLetterUrl?: string | undefined;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** What one cluster may send in the long run; 0 is no limit. */
  readonly batchesPerSecond?: number;
  /** Bytes of all bodies that are read and taken in at once, as sent; half of it for one cluster. */
  readonly maxInFlightBytes?: number;
  /** Of SQLite: pages that are kept in memory. */
  readonly cacheBytes?: number | undefined;
  /** How long what is kept; absent: {@link defaultRetention}. */
  readonly retention?: Retention;
  /** Whose ServiceAccount tokens are believed beside keys. */
  readonly trust?: readonly TrustedIssuer[];
  /** Encrypts the sessions of page readers; without it they end with the process. */
  readonly sessionSecret?: string | undefined;
}

export interface BucketConfig {
  readonly name: string;
  readonly region: string;
  /** Of an S3-compatible store, which then is addressed by path. */
  readonly endpoint: string | undefined;
  /** ARN of a KMS key; absent: the bucket's own encryption. */
  readonly kmsKeyId: string | undefined;
}

/** What one process needs to know of its surroundings. */
export interface Config extends Settings {
  /** Directory of the database and the blobs, as far as they are files. */
  readonly dataDir: string;
}

/** A collector sends some batches a minute, and its spool after an outage: far above both, and below what one process takes. */
export const defaultBatchesPerSecond = 100;

/** A variable that is set and empty is as good as absent: templates cannot leave one out. */
const absentWhenEmpty = <T extends z.ZodType>(schema: T) => z.preprocess((text) => (text === '' ? undefined : text), schema.optional());
const text = absentWhenEmpty(z.string());

/** Eight of the largest batches, or two thousand of usual ones; what they inflate to is held for a few at a time. */
export const defaultInFlightBytes = 32_000_000;

const dayMs = 86_400_000;

/** The bodies for a month, records for a quarter, what was made of them for a year and the same month again. */
export const defaultRetention: Retention = { batchesMs: 30 * dayMs, observationsMs: 90 * dayMs, incidentsMs: 400 * dayMs };

const days = z
  .string()
  .regex(/^([1-9]\d{0,4}d|forever)$/, 'is a number of days such as 90d, or forever')
  .transform((given) => (given === 'forever' ? undefined : Number.parseInt(given, 10) * dayMs));

const environment = z.object({
  MORTEM_DATABASE_URL: absentWhenEmpty(z.url({ protocol: /^postgres(ql)?$/, error: 'is a URL that begins with postgres://' })),
  MORTEM_BUCKET: text,
  MORTEM_KMS_KEY: text,
  S3_ENDPOINT: absentWhenEmpty(z.url({ protocol: /^https?$/, error: 'is the address of an S3-compatible store' })),
  AWS_REGION: z.string().default('us-east-1'),
  MORTEM_QUEUE_URL: text,
  MORTEM_DEAD_LETTER_URL: text,
  MORTEM_TRUST: text,
  MORTEM_KEEP_BATCHES: days.prefault('30d'),
  MORTEM_KEEP_OBSERVATIONS: days.prefault('90d'),
  MORTEM_KEEP_INCIDENTS: days.prefault('400d'),
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
  MORTEM_CACHE_BYTES: absentWhenEmpty(
    z.coerce
      .number({ error: 'is the number of bytes of the database that SQLite keeps in memory' })
      .int('is a whole number')
      .min(1_000_000, 'is 1000000 or more'),
  ),
  MORTEM_SESSION_SECRET: z.string().min(32, 'has at least 32 characters, for example from "openssl rand -base64 32"').optional(),
});

/**
 * Reads the environment, once, at start.
 *
 * @throws {MortemError} `usage`, naming every variable that is wrong
 */
export function loadSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new MortemError('usage', `The environment is not right: ${faults.join('; ')}.`);
  }
  const { MORTEM_BUCKET: name, MORTEM_TRUST: trust, ...read } = parsed.data;
  return {
    databaseUrl: read.MORTEM_DATABASE_URL,
    bucket: name === undefined ? undefined : { name, region: read.AWS_REGION, endpoint: read.S3_ENDPOINT, kmsKeyId: read.MORTEM_KMS_KEY },
    queueUrl: read.MORTEM_QUEUE_URL,
    deadLetterUrl: read.MORTEM_DEAD_LETTER_URL,
    retention: retentionOf({
      batchesMs: read.MORTEM_KEEP_BATCHES,
      observationsMs: read.MORTEM_KEEP_OBSERVATIONS,
      incidentsMs: read.MORTEM_KEEP_INCIDENTS,
    }),
    logLevel: read.MORTEM_LOG_LEVEL,
    batchesPerSecond: read.MORTEM_RATE_LIMIT,
    maxInFlightBytes: read.MORTEM_MAX_IN_FLIGHT_BYTES,
    cacheBytes: read.MORTEM_CACHE_BYTES,
    trust: trust === undefined ? [] : loadTrust(trust),
    sessionSecret: read.MORTEM_SESSION_SECRET,
  };
}

/** @throws {MortemError} `usage` when somebody lacks what only they need */
export function requireSetting<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value;
  throw new MortemError('usage', `The environment is not right: ${name} has no default.`);
}

/** Incidents are made of records: gone before them, they would be made again. */
function retentionOf(retention: Retention): Retention {
  if ((retention.incidentsMs ?? Infinity) >= (retention.observationsMs ?? Infinity)) return retention;
  throw new MortemError('usage', 'The environment is not right: MORTEM_KEEP_INCIDENTS is shorter than MORTEM_KEEP_OBSERVATIONS.');
}
