import type { IncidentStore } from '#core/ports.ts';
import type { BatchRow } from '#core/store-model.ts';

export interface RequeueOptions {
  /** Only those of one cluster. */
  readonly cluster?: string;
  /** Only look. */
  readonly dryRun: boolean;
}

const pageSize = 1000;

/**
 * Makes quarantined batches pending again: the server, or the schedule, takes them up within a minute. What fails again is
 * quarantined again.
 *
 * @returns the batches, each with the reason for which it was set aside
 */
export async function requeueBatches(
  { store }: { readonly store: Pick<IncidentStore, 'quarantinedBatches' | 'requeueBatch'> },
  { cluster, dryRun }: RequeueOptions,
): Promise<readonly BatchRow[]> {
  const batches = (await store.quarantinedBatches(pageSize)).filter((batch) => cluster === undefined || batch.cluster === cluster);
  if (!dryRun) for (const { id } of batches) await store.requeueBatch(id);
  return batches;
}
