import type { BlobStore, IncidentStore } from '#core/ports.ts';
import type { BatchRow } from '#core/store-model.ts';
import type { Observation } from '#core/wire/observation.ts';
import { encodeBatch } from '../../functions/batch/encode-batch.ts';

/** Leaves a batch as an accept leaves it that crashed right after: durable, pending, in no queue. */
export async function leaveBatch(
  { store, blobs }: { readonly store: IncidentStore; readonly blobs: BlobStore },
  name: string,
  observations: readonly Observation[],
): Promise<BatchRow> {
  const cluster = observations[0]?.cluster ?? 'test';
  const row: BatchRow = {
    id: `${cluster}/${name}`,
    cluster,
    blobKey: `observations/test/2026/05/03/${name}.ndjson.gz`,
    receivedAt: 1000,
    accepted: observations.length,
    rejected: [],
    collector: 'mortem-collector/0.1.0',
    status: 'pending',
  };
  await blobs.put(row.blobKey, await encodeBatch(observations));
  await store.insertBatch(row);
  return row;
}
