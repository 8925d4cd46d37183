import { describe, expect, test } from 'vitest';
import { createReplayClock } from '../../replay/replay-clock.ts';
import { second } from './small-recording.ts';

const start = new Date(second(0));

describe('replay clock', () => {
  test('stands still until it is moved, and never goes back', () => {
    const clock = createReplayClock(start);
    expect(clock.now()).toEqual(start);
    clock.advanceTo(new Date(second(5)));
    clock.advanceTo(new Date(second(3)));
    expect(clock.now()).toEqual(new Date(second(5)));
  });

  test('wakes sleepers by their time, those of one time in the order they came', async () => {
    const clock = createReplayClock(start);
    const woken: string[] = [];
    const sleeps = [
      clock.sleep(3000).then(() => woken.push('third')),
      clock.sleep(1000).then(() => woken.push('first')),
      clock.sleep(1000).then(() => woken.push('second')),
      clock.sleep(9000).then(() => woken.push('never')),
    ];
    expect(clock.nextWakeAt()).toEqual(new Date(second(1)));
    clock.advanceTo(new Date(second(3)));
    await Promise.all(sleeps.slice(0, 3));
    expect(woken).toEqual(['first', 'second', 'third']);
    expect(clock.nextWakeAt()).toEqual(new Date(second(9)));
  });

  test('wakeNext wakes exactly one, at its own time', async () => {
    const clock = createReplayClock(start);
    const seen: number[] = [];
    const first = clock.sleep(1000).then(() => seen.push(clock.now().getTime()));
    const other = clock.sleep(1000).then(() => seen.push(clock.now().getTime()));
    expect(clock.wakeNext()).toBe(true);
    await first;
    expect(seen).toEqual([second(1)]);
    expect(clock.wakeNext()).toBe(true);
    await other;
    expect(seen).toEqual([second(1), second(1)]);
    expect(clock.wakeNext()).toBe(false);
  });

  test('an abort ends a sleep at once and forgets it; so does no time to sleep', async () => {
    const clock = createReplayClock(start);
    const stop = new AbortController();
    const sleep = clock.sleep(1000, stop.signal);
    stop.abort();
    await sleep;
    await clock.sleep(1000, stop.signal);
    await clock.sleep(0);
    expect(clock.nextWakeAt()).toBeUndefined();
    expect(clock.now()).toEqual(start);
  });

  test('announces a new sleeper', async () => {
    const clock = createReplayClock(start);
    const arrived = clock.nextSleep();
    void clock.sleep(1000);
    await arrived;
    expect(clock.nextWakeAt()).toEqual(new Date(second(1)));
  });
});
