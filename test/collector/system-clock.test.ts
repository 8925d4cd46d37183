import { expect, test } from 'vitest';
import { createSystemClock } from '../../collector/system-clock.ts';

test('sleeps about as long as it is told', async () => {
  const clock = createSystemClock();
  const before = performance.now();
  await clock.sleep(20);
  expect(performance.now() - before).toBeGreaterThanOrEqual(18);
  expect(Math.abs(clock.now().getTime() - new Date().getTime())).toBeLessThan(5000);
});

test('an aborted sleep ends at once and leaves no timer', async () => {
  const clock = createSystemClock();
  const stop = new AbortController();
  const sleep = clock.sleep(3_600_000, stop.signal);
  expect(process.getActiveResourcesInfo()).toContain('Timeout');
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  stop.abort();
  await sleep;
  expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout')).toHaveLength(timers - 1);
  await clock.sleep(3_600_000, stop.signal);
  await clock.sleep(0);
});
