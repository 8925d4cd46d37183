import type { IncidentStore } from '#core/ports.ts';
import type { FailedBatch } from './index-batches.ts';

/** Sets a batch aside that failed too often. Its blob stays: `mortem redrive` brings it back once the reason is gone. */
export async function quarantineBatch(
  { store }: { readonly store: Pick<IncidentStore, 'finishBatch'> },
  { id, reason }: FailedBatch,
): Promise<void> {
  await store.finishBatch(id, { status: 'quarantined', reason: reason.slice(0, 1000) });
}
