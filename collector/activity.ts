/**
 * Counts what is being worked on, so that a replay can wait until the collector has nothing in flight.
 * Waiting for the clock, for the next line of an open watch or for something to ship is not work.
 */
export interface Activity {
  /** Counts as work until it settles. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Inside `run`: does not count as work until it settles. */
  idleWhile<T>(waiting: Promise<T>): Promise<T>;
  isIdle(): boolean;
  /** Pieces of work that are not waiting. */
  size(): number;
  /** Resolves when work next begins or ends. */
  changed(): Promise<void>;
  /** Resolves when everything that `run` was given has settled, idle or not. */
  settled(): Promise<void>;
}

export function createActivity(): Activity {
  const count = { working: 0, running: 0 };
  let waiters: (() => void)[] = [];

  function change(by: number): void {
    count.working += by;
    const woken = waiters;
    waiters = [];
    for (const wake of woken) wake();
  }

  const changed = (): Promise<void> => new Promise((resolve) => void waiters.push(resolve));

  return {
    async run(work) {
      count.running += 1;
      change(1);
      try {
        return await work();
      } finally {
        count.running -= 1;
        change(-1);
      }
    },
    async idleWhile(waiting) {
      change(-1);
      try {
        return await waiting;
      } finally {
        change(1);
      }
    },
    isIdle: () => count.working === 0,
    size: () => count.working,
    changed,
    async settled() {
      while (count.running > 0) await changed();
    },
  };
}
