import { expect, test } from 'vitest';
import { loadSettings, requireSetting } from '../../functions/config.ts';

const day = 86_400_000;
const nothing = {
  databaseUrl: undefined,
  bucket: undefined,
  queueUrl: undefined,
  deadLetterUrl: undefined,
  logLevel: 'info',
  batchesPerSecond: 100,
  maxInFlightBytes: 32_000_000,
  retention: { batchesMs: 30 * day, observationsMs: 90 * day, incidentsMs: 400 * day },
  trust: [],
};

test('reads what it knows and ignores the rest; what is set and empty is absent', () => {
  expect(loadSettings({ PATH: '/bin' })).toEqual(nothing);
  const empty = ['MORTEM_DATABASE_URL', 'MORTEM_BUCKET', 'MORTEM_TRUST', 'S3_ENDPOINT', 'MORTEM_KMS_KEY', 'MORTEM_QUEUE_URL'];
  expect(loadSettings(Object.fromEntries(empty.map((name) => [name, ''])))).toEqual(nothing);
  expect(
    loadSettings({
      MORTEM_DATABASE_URL: 'postgres://db/mortem',
      MORTEM_BUCKET: 'mortem',
      AWS_REGION: 'eu-central-1',
      MORTEM_RATE_LIMIT: '0',
    }),
  ).toEqual({
    ...nothing,
    databaseUrl: 'postgres://db/mortem',
    bucket: { name: 'mortem', region: 'eu-central-1', endpoint: undefined, kmsKeyId: undefined },
    batchesPerSecond: 0,
  });
});

test('a session secret is as long as one should be', () => {
  const secret = 's'.repeat(32);
  expect(loadSettings({ MORTEM_SESSION_SECRET: secret }).sessionSecret).toBe(secret);
  expect(() => loadSettings({ MORTEM_SESSION_SECRET: 'short' })).toThrow(
    'The environment is not right: MORTEM_SESSION_SECRET has at least 32 characters, for example from "openssl rand -base64 32".',
  );
});

test('names every variable that is wrong, at once', () => {
  expect(() =>
    loadSettings({
      MORTEM_LOG_LEVEL: 'loud',
      MORTEM_DATABASE_URL: 'mysql://db',
      MORTEM_RATE_LIMIT: 'fast',
      MORTEM_MAX_IN_FLIGHT_BYTES: '0',
    }),
  ).toThrow(
    'The environment is not right: MORTEM_DATABASE_URL is a URL that begins with postgres://; MORTEM_LOG_LEVEL is debug, info, warn, error or silent; MORTEM_RATE_LIMIT is the number of batches a second that one cluster may send, 0 for no limit; MORTEM_MAX_IN_FLIGHT_BYTES is more than 0.',
  );
});

test('what is needed and absent is named', () => {
  expect(() => requireSetting(undefined, 'MORTEM_QUEUE_URL')).toThrow('The environment is not right: MORTEM_QUEUE_URL has no default.');
});

test('what is kept for how long: days, or for ever; incidents not shorter than what they are made of', () => {
  const kept = { MORTEM_KEEP_BATCHES: '7d', MORTEM_KEEP_OBSERVATIONS: '30d', MORTEM_KEEP_INCIDENTS: 'forever' };
  expect(loadSettings(kept).retention).toEqual({ batchesMs: 7 * day, observationsMs: 30 * day, incidentsMs: undefined });
  expect(() => loadSettings({ MORTEM_KEEP_OBSERVATIONS: '2 weeks' })).toThrow(
    'The environment is not right: MORTEM_KEEP_OBSERVATIONS is a number of days such as 90d, or forever.',
  );
  expect(() => loadSettings({ MORTEM_KEEP_OBSERVATIONS: 'forever' })).toThrow(
    'The environment is not right: MORTEM_KEEP_INCIDENTS is shorter than MORTEM_KEEP_OBSERVATIONS.',
  );
});
