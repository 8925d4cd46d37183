import { expect, test } from 'vitest';
import { createBodyBudget, requestBytes } from '../../../functions/adapters/body-budget.ts';

const kilo = 100_000;

test('one cluster gets half; what it gives back it may have again', () => {
  const reserve = createBodyBudget(10 * kilo);
  const first = reserve('loud', 3 * kilo);
  expect(reserve('loud', 2 * kilo)).toBeTypeOf('function');
  expect(reserve('loud', kilo)).toBeUndefined();
  first?.();
  expect(reserve('loud', 3 * kilo)).toBeTypeOf('function');
});

test('what one takes leaves room for the next: all that take as much as they get have the same', () => {
  const reserve = createBodyBudget(10 * kilo);
  const taken = ['a', 'b', 'c', 'd'].map((cluster) => {
    let bodies = 0;
    while (reserve(cluster, kilo / 2) !== undefined) bodies += 1;
    return (bodies * kilo) / 2;
  });
  expect(taken).toEqual([5 * kilo, 2.5 * kilo, kilo, 0.5 * kilo]);
  expect(reserve('e', kilo / 2)).toBeTypeOf('function');
});

test('giving back twice gives nothing back twice', () => {
  const reserve = createBodyBudget(10 * kilo);
  const first = reserve('a', 5 * kilo);
  const second = reserve('b', 5 * kilo);
  first?.();
  first?.();
  expect(reserve('a', 6 * kilo)).toBeUndefined();
  second?.();
  expect(reserve('a', 6 * kilo)).toBeTypeOf('function');
});

test('one body alone is admitted, however large: it would wait for ever', () => {
  expect(createBodyBudget(100)('a', 400)).toBeTypeOf('function');
});

test('a request costs something also when its body is small', () => {
  const reserve = createBodyBudget(8 * requestBytes);
  const admitted = Array.from({ length: 100 }, () => reserve('a', 1)).filter((release) => release !== undefined);
  expect(admitted).toHaveLength(4);
});
