import type { Clock, Logger } from '#core/ports.ts';

export interface PacedTask {
  /** Asks for a run: now, or as soon as the pace allows. */
  readonly request: () => Promise<void>;
  /** Runs at once what was asked for and put off, and waits for what runs. */
  flush(): Promise<void>;
  /** Waits for what runs, and drops the rest. */
  close(): Promise<void>;
}

/**
 * Runs a task often when it is cheap and seldom when it is not: the pause after a run is `minimumPauseMs`, and at least nine
 * times as long as the run took, so that it never has more than a tenth of the process.
 */
export function createPacedTask(
  task: () => Promise<void>,
  { clock, logger, minimumPauseMs }: { readonly clock: Clock; readonly logger: Logger; readonly minimumPauseMs: number },
): PacedTask {
  const closing = new AbortController();
  let notBefore = 0;
  let asked = false;
  let timer: Promise<void> | undefined;
  let running: Promise<void> = Promise.resolve();

  /** One after the other. */
  function run(): Promise<void> {
    asked = false;
    running = running.then(runOnce);
    return running;
  }

  async function runOnce(): Promise<void> {
    const from = clock.now().getTime();
    try {
      await task();
    } catch (error) {
      logger.error('paced-task-failed', { reason: String(error) });
    }
    const to = clock.now().getTime();
    notBefore = to + Math.max(minimumPauseMs, 9 * (to - from));
  }

  async function runLater(ms: number): Promise<void> {
    await clock.sleep(ms, closing.signal);
    timer = undefined;
    if (asked && !closing.signal.aborted) await run();
  }

  return {
    async request() {
      if (closing.signal.aborted) return;
      asked = true;
      const wait = notBefore - clock.now().getTime();
      if (wait <= 0) await run();
      else timer ??= runLater(wait);
    },
    async flush() {
      await (asked ? run() : running);
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}
