import type { Clock, Logger } from '#core/ports.ts';
import type { WorkloadVersion } from '#core/store-model.ts';
import { createClusterTurns } from './cluster-turns.ts';

export interface InlineRebuilderDeps {
  readonly rebuild: (workloads: readonly WorkloadVersion[]) => Promise<void>;
  /** Watches the process for `windowMs`, and says whether it could do more than it does. */
  readonly hasSpareTime: () => Promise<boolean>;
  readonly windowMs: number;
  /** Called when nothing is left. */
  readonly finished: () => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface InlineRebuilder {
  /** Also without any: data time may have moved on, which is for `finished` to judge. */
  readonly add: (workloads: readonly WorkloadVersion[]) => void;
  /** Resolves when every workload that was added is built. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Small enough that requests wait little for it. */
const sliceSize = 8;
/** In a busy process, building has a tenth of it: what waits longer is built once for many batches. */
const pausePerWork = 9;
/** Work that is done between two looks at a process that has time to spare: a look is a wait as well. */
const trustMs = 100;

/**
 * Builds changed workloads beside the indexing of batches: clusters take turns, and within a cluster the longest waiting is first.
 * A workload that changes again while it waits is built once.
 */
export function createInlineRebuilder(deps: InlineRebuilderDeps): InlineRebuilder {
  const { rebuild, hasSpareTime, windowMs, finished, clock, logger } = deps;
  const waiting = createClusterTurns<WorkloadVersion>((_, newest) => newest);
  let worker: Promise<void> | undefined;
  const closing = new AbortController();

  async function work(): Promise<void> {
    let trustedMs = 0;
    while (waiting.size > 0 && !closing.signal.aborted) {
      const slice = waiting.take(sliceSize);
      const from = clock.now().getTime();
      await rebuild(slice.map(([, workload]) => workload));
      const workedMs = clock.now().getTime() - from;
      trustedMs -= workedMs;
      if (waiting.size > 0 && trustedMs <= 0) trustedMs = (await yieldToOthers(workedMs)) ? trustMs : 0;
    }
    if (!closing.signal.aborted) await finished();
  }

  /** @returns whether the process has time to spare */
  async function yieldToOthers(workedMs: number): Promise<boolean> {
    for (let left = pausePerWork * workedMs; left > 0 && !closing.signal.aborted; left -= windowMs) {
      if (await hasSpareTime()) return true;
    }
    return false;
  }

  function start(): void {
    if (worker !== undefined || closing.signal.aborted) return;
    worker = work()
      // The workloads keep their marks in the store, from where the schedule takes them up again.
      .catch((error: unknown) => logger.error('rebuilder-failed', { reason: String(error) }))
      .finally(() => {
        worker = undefined;
        if (waiting.size > 0) start();
      });
  }

  return {
    add(workloads) {
      for (const workload of workloads) {
        waiting.add(`${workload.cluster}/${workload.namespace}/${workload.kind}/${workload.name}`, workload);
      }
      start();
    },
    async idle() {
      for (let busy = worker; busy !== undefined; busy = worker) await busy;
    },
    async close() {
      closing.abort();
      await worker;
    },
  };
}
