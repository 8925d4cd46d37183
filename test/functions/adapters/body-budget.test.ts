import { expect, test } from 'vitest';
import { createBodyBudget } from '../../../functions/adapters/body-budget.ts';

test('admits until the budget is used, and again when something was given back', () => {
  const reserve = createBodyBudget(100);
  const first = reserve(60);
  expect(reserve(60)).toBeUndefined();
  const second = reserve(40);
  expect(second).toBeTypeOf('function');
  expect(reserve(1)).toBeUndefined();
  first?.();
  expect(reserve(60)).toBeTypeOf('function');
});

test('giving back twice gives nothing back twice', () => {
  const reserve = createBodyBudget(100);
  const first = reserve(50);
  const second = reserve(50);
  first?.();
  first?.();
  expect(reserve(51)).toBeUndefined();
  second?.();
  expect(reserve(51)).toBeTypeOf('function');
});

test('one body alone is admitted, however large: it would wait for ever', () => {
  expect(createBodyBudget(100)(400)).toBeTypeOf('function');
});
