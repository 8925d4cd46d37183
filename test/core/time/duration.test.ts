import { expect, test } from 'vitest';
import { describeDuration, describeOffset } from '#core/time/duration.ts';
import { formatInstant, instantOf } from '#core/time/instant.ts';

test.each([
  [0, '0 s'],
  [7_900, '7 s'],
  [173_000, '2 min 53 s'],
  [120_000, '2 min'],
  [3_840_000, '1 h 4 min'],
  [266_400_000, '3 d 2 h'],
])('%i ms reads %s', (milliseconds, text) => {
  expect(describeDuration(milliseconds)).toBe(text);
});

test.each([
  [0, 'T+0'],
  [400, 'T+0'],
  [74_000, 'T+1m14s'],
  [-3_000, 'T-3s'],
  [3_601_000, 'T+1h1s'],
])('offset %i reads %s', (milliseconds, text) => {
  expect(describeOffset(milliseconds)).toBe(text);
});

test('zero times of Kubernetes are no times', () => {
  expect(['1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z', undefined, 'soon'].map(instantOf)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(formatInstant(instantOf('2026-11-22T11:04:44.123Z') ?? 0)).toBe('2026-11-22T11:04:44.123Z');
});
