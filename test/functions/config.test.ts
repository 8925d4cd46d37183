import { expect, test } from 'vitest';
import { loadConfig } from '../../functions/config.ts';

test('reads what it needs and ignores the rest', () => {
  expect(loadConfig({ MORTEM_DATA: '/data', PATH: '/bin' })).toEqual({
    dataDir: '/data',
    logLevel: 'info',
    batchesPerSecond: 100,
    maxInFlightBytes: 32_000_000,
  });
  expect(
    loadConfig({ MORTEM_DATA: '/data', MORTEM_LOG_LEVEL: 'warn', MORTEM_RATE_LIMIT: '0', MORTEM_MAX_IN_FLIGHT_BYTES: '5000000' }),
  ).toEqual({
    dataDir: '/data',
    logLevel: 'warn',
    batchesPerSecond: 0,
    maxInFlightBytes: 5_000_000,
  });
});

test('names every variable that is wrong, at once', () => {
  expect(() => loadConfig({ MORTEM_LOG_LEVEL: 'loud' })).toThrow(
    'The environment is not right: MORTEM_DATA is the directory for the database and the batches, and has no default; MORTEM_LOG_LEVEL is debug, info, warn, error or silent.',
  );
  expect(() => loadConfig({ MORTEM_DATA: '' })).toThrow('The environment is not right: MORTEM_DATA must not be empty.');
});
