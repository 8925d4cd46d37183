import { expect, test } from 'vitest';
import { bucketStarts, trendWindow } from '#core/trends/trend-window.ts';

const at = (text: string) => Date.parse(text);

test.each([
  ['1h', '2026-05-03T14:20:00Z', '2026-05-03T16:00:00Z', ['2026-05-03T14', '2026-05-03T15']],
  ['1h', '2026-05-03T14:20:00Z', '2026-05-03T16:00:01Z', ['2026-05-03T14', '2026-05-03T15', '2026-05-03T16']],
  ['1d', '2026-05-03T14:20:00Z', '2026-05-04T00:00:00Z', ['2026-05-03T00']],
  ['1d', '2026-02-28T00:00:00Z', '2026-03-02T00:00:00Z', ['2026-02-28T00', '2026-03-01T00']],
  // Weeks begin on Monday, over the turn of a year as well.
  ['1w', '2026-05-03T14:20:00Z', '2026-05-05T00:00:00Z', ['2026-04-27T00', '2026-05-04T00']],
  ['1w', '2025-12-31T00:00:00Z', '2026-01-05T00:00:00Z', ['2025-12-29T00']],
  ['1d', '2026-05-03T00:00:00Z', '2026-05-03T00:00:00Z', ['2026-05-03T00']],
] as const)('%s from %s to %s', (bucket, since, until, starts) => {
  const window = trendWindow(bucket, at(since), at(until));
  expect(bucketStarts(window).map((start) => new Date(start).toISOString().slice(0, 13))).toEqual(starts);
  expect(window.until).toBe(window.since + window.buckets * window.bucketMs);
});
