import { MortemError } from '#core/errors.ts';
import type { BlobStore, Clock, IncidentStore } from '#core/ports.ts';
import type { BatchRow, WorkloadVersion } from '#core/store-model.ts';
import type { Observation } from '#core/wire/observation.ts';
import { inflateBatch } from '../batch/inflate-batch.ts';
import { parseBatch } from '../batch/parse-batch.ts';

export interface IndexDeps {
  readonly store: Pick<IncidentStore, 'batch' | 'indexObservations' | 'finishBatch'>;
  readonly blobs: Pick<BlobStore, 'get'>;
  /** Gives what the same process accepted a moment ago, once; `undefined` sends the reader to the blob. */
  readonly takeAccepted: (batchId: string) => readonly Observation[] | undefined;
  readonly clock: Clock;
}

/** A batch that could not be indexed, and why. */
export interface FailedBatch {
  readonly id: string;
  readonly reason: string;
}

export interface IndexedBatches {
  readonly failed: readonly FailedBatch[];
  /** In the version they have after the last batch. */
  readonly touched: readonly WorkloadVersion[];
}

/**
 * Brings batches into the index. One that fails is returned and harms no other; running this twice, or twice at once, for
 * the same batch counts nothing twice.
 */
export async function indexBatches(deps: IndexDeps, ids: readonly string[]): Promise<IndexedBatches> {
  const touched = new Map<string, WorkloadVersion>();
  const failed: FailedBatch[] = [];
  for (const id of ids) {
    try {
      for (const workload of await indexBatch(deps, id)) {
        touched.set(`${workload.cluster}/${workload.namespace}/${workload.kind}/${workload.name}`, workload);
      }
    } catch (error) {
      failed.push({ id, reason: error instanceof Error ? error.message : String(error) });
    }
    // A batch is tens of milliseconds of computation: let requests in between.
    await deps.clock.sleep(0);
  }
  return { failed, touched: [...touched.values()] };
}

/** Finished once it is indexed: the marks on its workloads are durable, and outlive a crash before they are rebuilt. */
async function indexBatch(deps: IndexDeps, id: string): Promise<readonly WorkloadVersion[]> {
  const batch = await deps.store.batch(id);
  if (batch?.status !== 'pending') return [];
  const observations = deps.takeAccepted(id) ?? (await readBlob(deps, batch));
  const { touched } = await deps.store.indexObservations(batch.cluster, observations);
  await deps.store.finishBatch(id, { status: 'processed' });
  return touched;
}

async function readBlob({ blobs }: IndexDeps, batch: BatchRow): Promise<readonly Observation[]> {
  if (batch.accepted === 0) return [];
  const { observations } = parseBatch(await inflateBatch(await blobs.get(batch.blobKey)));
  if (observations.length === batch.accepted) return observations;
  throw new MortemError('bad-input', `The blob holds ${observations.length} of the ${batch.accepted} observations that were accepted.`);
}
