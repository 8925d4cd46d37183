import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '#core/ports.ts';

/** The real clock, for a replay at recorded speed. */
export const wallClock: Clock = {
  now: () => new Date(),
  async sleep(ms, signal) {
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      // An aborted wait is a finished wait.
      if (signal?.aborted !== true) throw error;
    }
  },
};
