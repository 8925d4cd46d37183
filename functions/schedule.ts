import type { Clock, Logger } from '#core/ports.ts';

export interface Schedule {
  /** Stops the loop, and waits for the round that is under way. */
  stop(): Promise<void>;
}

/** Runs `round` every `intervalMs`; a round that fails is logged, and the next one comes all the same. */
export function startSchedule(
  round: () => Promise<void>,
  { clock, logger, intervalMs }: { readonly clock: Clock; readonly logger: Logger; readonly intervalMs: number },
): Schedule {
  const stopping = new AbortController();
  const loop = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(intervalMs, stopping.signal);
      if (stopping.signal.aborted) return;
      try {
        await round();
      } catch (error) {
        logger.error('schedule-round-failed', { reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      }
    }
  };
  const running = loop();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
