import { expect, test } from 'vitest';
import { createRateLimit } from '../../../functions/adapters/rate-limit.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const admitted = { admitted: true };

test('a burst of ten seconds, then the rate, and it says how long to wait', () => {
  const clock = createManualClock();
  const admit = createRateLimit(2, clock);
  expect(Array.from({ length: 20 }, () => admit('prod'))).toEqual(Array.from({ length: 20 }, () => admitted));
  expect(admit('prod')).toEqual({ admitted: false, retryAfterSeconds: 1 });
  clock.advance(500);
  expect([admit('prod'), admit('prod')]).toEqual([admitted, { admitted: false, retryAfterSeconds: 1 }]);
  clock.advance(3_600_000);
  expect(Array.from({ length: 21 }, () => admit('prod')).filter((admission) => admission.admitted)).toHaveLength(20);
});

test('one cluster has no part in the limit of another', () => {
  const admit = createRateLimit(0.1, createManualClock());
  expect(admit('loud')).toEqual(admitted);
  expect(admit('loud')).toEqual({ admitted: false, retryAfterSeconds: 10 });
  expect(admit('quiet')).toEqual(admitted);
});

test('a clock that is set back admits nothing more', () => {
  const clock = createManualClock();
  const admit = createRateLimit(0.1, clock);
  admit('prod');
  clock.advance(-60_000);
  expect(admit('prod')).toEqual({ admitted: false, retryAfterSeconds: 10 });
});

test('0 is no limit', () => {
  const admit = createRateLimit(0, createManualClock());
  expect(Array.from({ length: 1000 }, () => admit('prod')).every((admission) => admission.admitted)).toBe(true);
});
