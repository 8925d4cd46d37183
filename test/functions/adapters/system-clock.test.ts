import { expect, test } from 'vitest';
import { systemClock } from '../../../functions/adapters/system-clock.ts';

test('an aborted sleep resolves', async () => {
  const controller = new AbortController();
  const sleeping = systemClock.sleep(600_000, controller.signal);
  controller.abort();
  await expect(sleeping).resolves.toBeUndefined();
  await expect(systemClock.sleep(600_000, controller.signal)).resolves.toBeUndefined();
  await expect(systemClock.sleep(0, controller.signal)).resolves.toBeUndefined();
});

test('sleeping for no time lets the event loop turn once', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('others'));
  await systemClock.sleep(0);
  order.push('sleeper');
  expect(order).toEqual(['others', 'sleeper']);
});
