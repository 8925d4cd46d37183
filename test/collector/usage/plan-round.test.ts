import { expect, test } from 'vitest';
import { intervalOf } from '../../../collector/usage/decide-interval.ts';
import { mostGets, planRound } from '../../../collector/usage/plan-round.ts';
import type { SampledPod } from '../../../collector/usage/sampled-pods.ts';

const pods = (namespace: string, count: number, share = 0): SampledPod[] =>
  Array.from({ length: count }, (_, index) => ({ namespace, name: `p${index}`, uid: `${index}`, containers: [], share, dueAt: 0 }));
const ways = { list: () => true, get: () => true, podsIn: () => 100 };
const briefly = ({ lists, gets }: ReturnType<typeof planRound>) => ({
  lists,
  gets: gets.map(({ namespace, name }) => `${namespace}/${name}`),
});

test.each([
  ['far from every limit', 0.2, 600, 60],
  ['over the half', 0.5, 600, 30],
  ['close', 0.8, 600, 15],
  ['over it, as a cache may be', 1.1, 600, 15],
  ['young, of which nothing is known', 0, 30, 15],
])('%s', (_, share, age, seconds) => {
  expect(intervalOf(share, age)).toBe(seconds);
});

test('many of a namespace together, few of a large one alone, one alone', () => {
  const due = [...pods('many', 50), ...pods('few', 4), ...pods('one', 1)];
  expect(briefly(planRound(due, ways))).toEqual({ lists: ['many'], gets: ['few/p0', 'few/p1', 'few/p2', 'few/p3', 'one/p0'] });
  expect(briefly(planRound(pods('few', 4), { ...ways, podsIn: () => 80 }))).toEqual({ lists: ['few'], gets: [] });
});

test('where one way may not be gone, the other; where none, nothing', () => {
  const due = [...pods('a', 50), ...pods('b', 1)];
  expect(planRound(due, { ...ways, get: () => false }).lists).toEqual(['a', 'b']);
  expect(planRound(due, { ...ways, list: () => false })).toEqual({ lists: [], gets: due });
  expect(planRound(due, { ...ways, list: () => false, get: () => false })).toEqual({ lists: [], gets: [] });
});

test('no more than so many alone, those first that are closest to their limits', () => {
  const due = [...pods('far', mostGets, 0.1), ...pods('close', 2, 0.9)];
  const { gets } = planRound(due, { ...ways, list: () => false });
  expect(gets).toHaveLength(mostGets);
  expect(gets.slice(0, 3).map(({ namespace }) => namespace)).toEqual(['close', 'close', 'far']);
});
