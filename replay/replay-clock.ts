import type { Clock } from '#core/ports.ts';

/** The virtual time of a replay: it moves when the player moves it, and sleepers wake in the order of their times. */
export interface ReplayClock extends Clock {
  /** Moves to `to`, never back, and wakes everybody due until then, earliest first. */
  advanceTo(to: Date): void;
  /** Moves to the earliest sleeper's time and wakes that one alone; false when nobody sleeps. */
  wakeNext(): boolean;
  nextWakeAt(): Date | undefined;
  /** Resolves when the next sleeper arrives: whoever waits in real time must then reconsider how long. */
  nextSleep(): Promise<void>;
  /** From now on `now()` follows `live` (epoch milliseconds of virtual time); waking stays the player's work. */
  follow(live: () => number): void;
}

interface Sleeper {
  readonly wakeAt: number;
  readonly wake: () => void;
}

export function createReplayClock(start: Date): ReplayClock {
  let reached = start.getTime();
  let live = () => reached;
  let sleepers: readonly Sleeper[] = [];
  let arrivals: readonly (() => void)[] = [];
  const now = () => Math.max(reached, live());

  function wakeNext(): boolean {
    const [next, ...rest] = sleepers;
    if (next === undefined) return false;
    sleepers = rest;
    reached = Math.max(reached, next.wakeAt);
    next.wake();
    return true;
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0 || signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const leave = () => {
        sleepers = sleepers.filter((other) => other !== sleeper);
        resolve();
      };
      const wake = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const sleeper: Sleeper = { wakeAt: now() + ms, wake };
      signal?.addEventListener('abort', leave, { once: true });
      insert(sleeper);
    });
  }

  function insert(sleeper: Sleeper): void {
    const after = sleepers.findIndex((other) => other.wakeAt > sleeper.wakeAt);
    sleepers = after < 0 ? [...sleepers, sleeper] : sleepers.toSpliced(after, 0, sleeper);
    for (const arrived of arrivals) arrived();
    arrivals = [];
  }

  return {
    now: () => new Date(now()),
    sleep,
    wakeNext,
    advanceTo(to) {
      while (sleepers[0] !== undefined && sleepers[0].wakeAt <= to.getTime()) wakeNext();
      reached = Math.max(reached, to.getTime());
    },
    nextWakeAt: () => (sleepers[0] === undefined ? undefined : new Date(sleepers[0].wakeAt)),
    nextSleep: () =>
      new Promise((resolve) => {
        arrivals = [...arrivals, resolve];
      }),
    follow(source) {
      live = source;
    },
  };
}
