import type { Clock, Logger } from '#core/ports.ts';
import type { WorkloadVersion } from '#core/store-model.ts';

export interface InlineRebuilderDeps {
  readonly rebuild: (workloads: readonly WorkloadVersion[]) => Promise<void>;
  /** Whether batches wait that could change the same workloads again. */
  readonly hasBacklog: () => boolean;
  /** Called when nothing is left. */
  readonly finished: () => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface InlineRebuilder {
  add(workloads: readonly WorkloadVersion[]): void;
  /** Ends a pause that was made for the backlog. */
  wake(): void;
  /** Resolves when every workload that was added is built. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Small enough that the pause after it is short. */
const sliceSize = 8;
/** Under a backlog, building has a quarter of the process: what waits longer is built once for many batches. */
const pausePerWork = 3;

/**
 * Builds changed workloads beside the indexing of batches, the longest waiting first. A workload that changes again while
 * it waits is built once.
 */
export function createInlineRebuilder({ rebuild, hasBacklog, finished, clock, logger }: InlineRebuilderDeps): InlineRebuilder {
  const waiting = new Map<string, WorkloadVersion>();
  const closing = new AbortController();
  let pause = new AbortController();
  let worker: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (waiting.size > 0 && !closing.signal.aborted) {
      const slice = [...waiting].slice(0, sliceSize);
      for (const [id] of slice) waiting.delete(id);
      const from = clock.now().getTime();
      await rebuild(slice.map(([, workload]) => workload));
      if (hasBacklog()) await yieldToBacklog(pausePerWork * (clock.now().getTime() - from));
    }
    if (!closing.signal.aborted) await finished();
  }

  async function yieldToBacklog(ms: number): Promise<void> {
    pause = new AbortController();
    await clock.sleep(ms, AbortSignal.any([pause.signal, closing.signal]));
  }

  function start(): void {
    if (worker !== undefined || waiting.size === 0 || closing.signal.aborted) return;
    worker = work()
      // The workloads keep their marks in the store, from where the schedule takes them up again.
      .catch((error: unknown) => logger.error('rebuilder-failed', { reason: String(error) }))
      .finally(() => {
        worker = undefined;
        start();
      });
  }

  return {
    add(workloads) {
      for (const workload of workloads) {
        waiting.set(`${workload.cluster}/${workload.namespace}/${workload.kind}/${workload.name}`, workload);
      }
      start();
    },
    wake: () => pause.abort(),
    async idle() {
      for (let busy = worker; busy !== undefined; busy = worker) await busy;
    },
    async close() {
      closing.abort();
      await worker;
    },
  };
}
