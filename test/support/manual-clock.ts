import { EventEmitter, once } from 'node:events';
import type { Clock } from '#core/ports.ts';

export interface ManualClock extends Clock {
  /** Moves time on and wakes who was due. */
  advance(ms: number): void;
  /** Resolves once somebody sleeps for exactly that long. */
  untilSleeping(ms: number): Promise<void>;
}

/** A clock that only the test moves. Sleeping for 0 ms is no sleep. */
export function createManualClock(start = '2026-05-03T14:00:00Z'): ManualClock {
  let now = Date.parse(start);
  const sleepers = new Set<{ readonly ms: number; readonly due: number; readonly wake: () => void }>();
  const changes = new EventEmitter();
  return {
    now: () => new Date(now),
    sleep(ms, signal) {
      if (ms <= 0 || signal?.aborted === true) return Promise.resolve();
      return new Promise((resolve) => {
        const sleeper = { ms, due: now + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          resolve();
        });
        changes.emit('sleep');
      });
    },
    advance(ms) {
      now += ms;
      for (const sleeper of [...sleepers].toSorted((a, b) => a.due - b.due)) {
        if (sleeper.due > now) break;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
    async untilSleeping(ms) {
      while (![...sleepers].some((sleeper) => sleeper.ms === ms)) await once(changes, 'sleep');
    },
  };
}
