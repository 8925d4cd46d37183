import type { IncidentStore, Queue } from '#core/ports.ts';
import { rebuildWorkloads, type RebuildDeps } from './rebuild-workloads.ts';

export interface RedriveDeps extends RebuildDeps {
  readonly store: RebuildDeps['store'] & Pick<IncidentStore, 'pendingBatches' | 'staleWorkloads'>;
  readonly queue: Queue;
}

const maxAtOnce = 10_000;

/** Takes up what a crash or a lost message left: batches that wait, and workloads that changed and were never rebuilt. */
export async function redrive(deps: RedriveDeps): Promise<void> {
  for (const { id } of await deps.store.pendingBatches(maxAtOnce)) await deps.queue.send(id);
  await rebuildWorkloads(deps, await deps.store.staleWorkloads(maxAtOnce));
}
