import type { IncidentStore, Queue } from '#core/ports.ts';
import type { WorkloadVersion } from '#core/store-model.ts';
import { rebuildWorkloads, type RebuildDeps } from './rebuild-workloads.ts';

export interface RedriveDeps extends RebuildDeps {
  readonly store: RebuildDeps['store'] & Pick<IncidentStore, 'pendingBatches' | 'staleWorkloads'>;
  readonly queue: Queue;
  /** For a process that answers requests meanwhile; absent: at once. */
  readonly rebuildLater?: (workloads: readonly WorkloadVersion[]) => void;
}

export interface RedriveOptions {
  /** Younger batches are still on their way through a queue that this process does not see. */
  readonly minimumAgeMs: number;
  /** Batches, and workloads: a backlog that grows in the queue as well would grow twice. */
  readonly atMost: number;
}

const everything: RedriveOptions = { minimumAgeMs: 0, atMost: 10_000 };

/** Takes up what a crash or a lost message left: batches that wait, and workloads that changed and were never rebuilt. */
export async function redrive(deps: RedriveDeps, { minimumAgeMs, atMost }: RedriveOptions = everything): Promise<void> {
  // A clock that was set back must not keep everything waiting.
  const latest = minimumAgeMs === 0 ? Number.POSITIVE_INFINITY : deps.clock.now().getTime() - minimumAgeMs;
  for (const { id, receivedAt } of await deps.store.pendingBatches(atMost)) {
    if (receivedAt <= latest) await deps.queue.send(id);
  }
  const stale = await deps.store.staleWorkloads(atMost);
  if (deps.rebuildLater === undefined) await rebuildWorkloads(deps, stale);
  else deps.rebuildLater(stale);
}
