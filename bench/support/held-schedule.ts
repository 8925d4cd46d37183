import type { Clock } from '#core/ports.ts';
import { systemClock } from '../../functions/adapters/system-clock.ts';

const minuteMs = 60_000;

/** The schedule of a server with this clock never comes: whoever measures runs its minutes, as often in each store. */
export const clockWithoutSchedule: Clock = {
  now: () => systemClock.now(),
  sleep: (ms, signal) => (ms < minuteMs ? systemClock.sleep(ms, signal) : untilAborted(signal)),
};

function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
