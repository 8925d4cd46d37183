import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantile } from '#core/trends/quantile.ts';
import { decideChange, rankGroups } from '#core/trends/rank-groups.ts';
import type { TrendTotal } from '#core/trends/trend-rows.ts';
import { trendWindow } from '#core/trends/trend-window.ts';

const day = 86_400_000;
const window = trendWindow('1d', 0, 10 * day);

function total(name: string, firstHalf: number, secondHalf: number): TrendTotal {
  return { key: { cluster: name }, firstHalf, secondHalf };
}

test.each([
  [0, 5, 'new'],
  [5, 0, 'ended'],
  [4, 6, 'worsening'],
  [4, 5, 'steady'],
  [6, 4, 'improving'],
  [1, 1, 'steady'],
])('%i and then %i is %s', (firstHalf, secondHalf, change) => {
  expect(decideChange(total('a', firstHalf, secondHalf), window)).toBe(change);
});

test('halves of different length are compared as rates', () => {
  // Two days and three: the same rate.
  const odd = trendWindow('1d', 0, 5 * day);
  expect(decideChange(total('a', 20, 30), odd)).toBe('steady');
});

test('all in a single bucket is new', () => {
  expect(decideChange(total('a', 0, 7), trendWindow('1d', 0, day))).toBe('new');
});

test('new and worsening stand first, the larger before the smaller, and names decide the rest', () => {
  const totals = [
    total('ended', 9, 0),
    total('b', 3, 3),
    total('a', 3, 3),
    total('small', 0, 1),
    total('large', 0, 8),
    total('worse', 1, 9),
  ];
  expect(rankGroups(totals, window).map((group) => group.total.key.cluster)).toEqual(['large', 'small', 'worse', 'a', 'b', 'ended']);
});

describe('quantile', () => {
  test('is a value that occurs, and no larger share exceeds it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
        const ascending = values.toSorted((a, b) => a - b);
        const found = quantile(ascending, share) ?? Number.NaN;
        expect(ascending).toContain(found);
        expect(ascending.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share * ascending.length - 1e-9);
      }),
    );
  });

  test('of nothing there is none', () => {
    expect(quantile([], 0.5)).toBeUndefined();
  });
});
