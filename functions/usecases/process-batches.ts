import { indexBatches, type FailedBatch, type IndexDeps } from './index-batches.ts';
import { rebuildWorkloads, type RebuildDeps } from './rebuild-workloads.ts';

export interface ProcessDeps extends IndexDeps, RebuildDeps {
  readonly store: IndexDeps['store'] & RebuildDeps['store'];
}

/** Indexes the batches, then builds the incidents of every workload they touched, once. Returns the batches that failed. */
export async function processBatches(deps: ProcessDeps, ids: readonly string[]): Promise<readonly FailedBatch[]> {
  const { failed, touched } = await indexBatches(deps, ids);
  await rebuildWorkloads(deps, touched);
  return failed;
}
