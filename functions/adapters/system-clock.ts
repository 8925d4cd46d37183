import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Clock } from '#core/ports.ts';

export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(ms, signal) {
    try {
      // Zero still lets the event loop serve others once.
      await (ms <= 0 ? setImmediate(undefined, { signal }) : setTimeout(ms, undefined, { signal }));
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
  },
};
