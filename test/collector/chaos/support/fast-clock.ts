import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '#core/ports.ts';

/** When a recording is played at `times` its speed: the same instant in both times, epoch milliseconds. */
export interface Pace {
  readonly times: number;
  readonly begun: number;
  readonly from: number;
}

export function recordedNow({ times, begun, from }: Pace): Date {
  return new Date(from + (Date.now() - begun) * times);
}

/** The clock of whoever watches a recording that is played faster than it was. */
export function createFastClock(pace: Pace): Clock {
  return {
    now: () => recordedNow(pace),
    async sleep(ms, signal) {
      await delay(Math.max(0, ms) / pace.times, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    },
  };
}
