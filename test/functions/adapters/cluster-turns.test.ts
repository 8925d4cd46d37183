import { expect, test } from 'vitest';
import { createClusterTurns } from '../../../functions/adapters/cluster-turns.ts';

test('a storm of one cluster starves no other', () => {
  const turns = createClusterTurns();
  for (let batch = 0; batch < 1000; batch += 1) turns.add(`storm/${batch}`, 0);
  turns.add('calm/a', 0);
  turns.add('quiet/b', 0);
  turns.add('calm/c', 0);
  expect(turns.take(6).map(([id]) => id)).toEqual(['storm/0', 'calm/a', 'quiet/b', 'storm/1', 'calm/c', 'storm/2']);
  expect(turns.size).toBe(997);
});

test('a cluster that comes later waits for one round, not for the backlog', () => {
  const turns = createClusterTurns();
  for (let batch = 0; batch < 10; batch += 1) turns.add(`storm/${batch}`, 0);
  expect(turns.take(3).map(([id]) => id)).toEqual(['storm/0', 'storm/1', 'storm/2']);
  turns.add('calm/a', 0);
  expect(turns.take(2).map(([id]) => id)).toEqual(['storm/3', 'calm/a']);
});

test('a batch that waits is not added again, and keeps how often it was tried', () => {
  const turns = createClusterTurns();
  turns.add('prod/a', 3);
  turns.add('prod/a', 0);
  expect(turns.size).toBe(1);
  expect(turns.take(5)).toEqual([['prod/a', 3]]);
  expect(turns.take(5)).toEqual([]);
  expect(turns.size).toBe(0);
});

test('what is added again may take the place of what waits, and says how much of a cluster waits', () => {
  const turns = createClusterTurns<number>((_, newest) => newest);
  turns.add('prod/a', 1);
  turns.add('prod/b', 1);
  turns.add('prod/a', 2);
  expect([turns.waitingOf('prod'), turns.waitingOf('test'), turns.size]).toEqual([2, 0, 2]);
  expect(turns.take(5)).toEqual([
    ['prod/a', 2],
    ['prod/b', 1],
  ]);
  expect(turns.waitingOf('prod')).toBe(0);
});
