import { expect, test } from 'vitest';
import { hasSpareTime } from '../../../functions/adapters/spare-time.ts';

test('an idle process has spare time', async () => {
  expect(await hasSpareTime()).toBe(true);
});

test('one that computes all the time has none', async () => {
  let done = false;
  const compute = (): void => {
    const until = performance.now() + 5;
    while (performance.now() < until);
    if (!done) setImmediate(compute);
  };
  setImmediate(compute);
  expect(await hasSpareTime()).toBe(false);
  done = true;
});
