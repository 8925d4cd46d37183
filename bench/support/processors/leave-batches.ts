import { createHash } from 'node:crypto';
import type { BlobStore, IncidentStore } from '#core/ports.ts';
import type { Observation } from '#core/wire/observation.ts';
import { encodeBatch } from '../../../functions/batch/encode-batch.ts';

/**
 * Accepted, and waiting for a processor: what the queue of a fleet holds.
 *
 * @returns their ids
 */
export async function leaveBatches(
  { store, blobs }: { readonly store: IncidentStore; readonly blobs: BlobStore },
  cluster: string,
  batches: readonly (readonly Observation[])[],
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const batch of batches) {
    const observations = batch.map((observation) => ({ ...observation, cluster }));
    const body = await encodeBatch(observations);
    const id = `${cluster}/${createHash('sha256').update(body).digest('hex')}`;
    const row = { id, cluster, blobKey: id, receivedAt: 0, accepted: batch.length, rejected: [], collector: 'bench' };
    await blobs.put(row.blobKey, body);
    await store.insertBatch({ ...row, status: 'pending' });
    ids.push(id);
  }
  return ids;
}
