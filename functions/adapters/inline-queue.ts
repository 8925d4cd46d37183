import type { Clock, Logger, Queue } from '#core/ports.ts';
import { createClusterTurns } from './cluster-turns.ts';
import type { FailedBatch } from '../usecases/index-batches.ts';

export interface InlineQueueDeps {
  /** Takes all in, and returns those that failed. */
  readonly process: (ids: readonly string[]) => Promise<readonly FailedBatch[]>;
  /** Takes a batch out of circulation that failed too often. */
  readonly quarantine: (failed: FailedBatch) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface InlineQueue extends Queue {
  /** Batches of the cluster that wait. */
  readonly waitingOf: (cluster: string) => number;
  /** Resolves when nothing waits, runs, or will be tried again. */
  idle(): Promise<void>;
  /** Finishes what runs, and drops the rest: the batch table has it. */
  close(): Promise<void>;
}

const maxAttempts = 5;
const firstRetryMs = 250;
/** What one call takes on: others may be sent to the front of the process in between. */
const maxBatchesAtOnce = 8;

/** The queue of the one-process mode: one worker, which takes several of what waits at once, each cluster in its turn. */
export function createInlineQueue({ process, quarantine, clock, logger }: InlineQueueDeps): InlineQueue {
  const waiting = createClusterTurns<number>();
  const retries = new Set<Promise<void>>();
  const closing = new AbortController();
  let worker: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (waiting.size > 0 && !closing.signal.aborted) {
      const taken = waiting.take(maxBatchesAtOnce);
      const failed = await process(taken.map(([id]) => id));
      for (const failure of failed) await judge(failure, 1 + (new Map(taken).get(failure.id) ?? 0));
    }
  }

  async function judge(failure: FailedBatch, attempts: number): Promise<void> {
    if (attempts >= maxAttempts) {
      logger.error('batch-quarantined', { batch: failure.id, attempts, reason: failure.reason });
      return quarantine(failure);
    }
    logger.warn('batch-failed', { batch: failure.id, attempts, reason: failure.reason });
    const retry = tryAgain(failure.id, attempts).finally(() => retries.delete(retry));
    retries.add(retry);
  }

  async function tryAgain(id: string, attempts: number): Promise<void> {
    await clock.sleep(firstRetryMs * 2 ** (attempts - 1), closing.signal);
    if (!closing.signal.aborted) enqueue(id, attempts);
  }

  function underWay(): Promise<void> | undefined {
    return worker ?? (retries.size > 0 ? Promise.race(retries) : undefined);
  }

  function enqueue(id: string, attempts: number): void {
    waiting.add(id, attempts);
    start();
  }

  function start(): void {
    if (worker !== undefined || waiting.size === 0 || closing.signal.aborted) return;
    worker = work()
      // What it had taken stays pending in the batch table, from where the schedule sends it again.
      .catch((error: unknown) => logger.error('worker-failed', { reason: String(error) }))
      .finally(() => {
        worker = undefined;
        start();
      });
  }

  return {
    send: async (batchId) => enqueue(batchId, 0),
    waitingOf: (cluster) => waiting.waitingOf(cluster),
    async idle() {
      for (let busy = underWay(); busy !== undefined; busy = underWay()) await busy;
    },
    async close() {
      closing.abort();
      await worker;
    },
  };
}
