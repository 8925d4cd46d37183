import type { Clock } from '#core/ports.ts';
import type { Activity } from '../activity.ts';
import { createFairQueue } from './fair-queue.ts';
import type { LogRequest } from './log-request.ts';
import { createTokenBucket } from './token-bucket.ts';

export interface LogScheduleOptions {
  /** Fetches at a time; each asks one to a few times. */
  readonly concurrency: number;
  /** Fetches that begin a second, beyond a burst of four seconds' worth. */
  readonly perSecond: number;
  /** Requests that wait at most; beyond it the least urgent are skipped. */
  readonly bound: number;
  readonly clock: Clock;
  readonly activity: Activity;
  /** Aborted at a drain: what waits is not waited for any more, and is fetched without a limit. */
  readonly signal: AbortSignal;
  readonly fetch: (request: LogRequest) => Promise<void>;
  readonly skip: (request: LogRequest) => Promise<void>;
}

/** Begins fetches in a fair order and no faster than the API server can bear. Never throws. */
export function createLogSchedule(options: LogScheduleOptions): { add(request: LogRequest): void; waiting(): number } {
  const { concurrency, perSecond, clock, activity, signal, fetch, skip } = options;
  const queue = createFairQueue(options.bound);
  const bucket = createTokenBucket({ perSecond, burst: Math.max(1, 4 * perSecond) });
  let running = 0;
  let isPumping = false;

  async function pump(): Promise<void> {
    try {
      while (running < concurrency && queue.size() > 0) {
        const waitMs = signal.aborted ? 0 : bucket.take(clock.now());
        if (waitMs > 0) await activity.idleWhile(clock.sleep(waitMs, signal));
        else void begin(queue.next());
      }
    } finally {
      isPumping = false;
    }
  }

  async function begin(request: LogRequest | undefined): Promise<void> {
    if (request === undefined) return;
    running += 1;
    await activity.run(() => fetch(request));
    running -= 1;
    startPump();
  }

  function startPump(): void {
    if (isPumping) return;
    isPumping = true;
    void activity.run(pump);
  }

  return {
    add(request) {
      const skipped = queue.add(request);
      if (skipped !== undefined) void activity.run(() => skip(skipped));
      startPump();
    },
    waiting: () => queue.size(),
  };
}
