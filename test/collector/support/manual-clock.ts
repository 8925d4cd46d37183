import type { Clock } from '#core/ports.ts';

export interface ManualClock extends Clock {
  /** Moves on, waking sleepers in the order of their times, each before the next. */
  advance(ms: number): Promise<void>;
  /** Milliseconds until each sleeper wakes, soonest first. */
  sleepers(): readonly number[];
  /** Resolves when a sleeper that wakes in `ms` is there. */
  sleeping(ms: number): Promise<void>;
}

interface Sleeper {
  readonly wakeAt: number;
  readonly wake: () => void;
}

export function createManualClock(start = '2026-11-22T11:00:00.000Z'): ManualClock {
  let now = Date.parse(start);
  let sleepers: readonly Sleeper[] = [];
  let watchers: readonly (() => void)[] = [];
  const left = () => sleepers.map(({ wakeAt }) => wakeAt - now).toSorted((a, b) => a - b);

  return {
    now: () => new Date(now),
    sleep(ms, signal) {
      if (ms <= 0 || signal?.aborted === true) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          resolve();
        };
        const sleeper = { wakeAt: now + ms, wake };
        sleepers = [...sleepers, sleeper];
        signal?.addEventListener('abort', wake, { once: true });
        for (const watcher of watchers) watcher();
      });
    },
    async advance(ms) {
      const to = now + ms;
      for (;;) {
        const [next] = sleepers.filter(({ wakeAt }) => wakeAt <= to).toSorted((a, b) => a.wakeAt - b.wakeAt);
        if (next === undefined) break;
        now = Math.max(now, next.wakeAt);
        next.wake();
        await turn();
      }
      now = to;
      await turn();
    },
    sleepers: left,
    async sleeping(ms) {
      while (!left().includes(ms)) {
        await new Promise<void>((resolve) => {
          watchers = [...watchers, resolve];
        });
      }
    },
  };
}

/** Lets everything run that only waits for promises. */
export function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
