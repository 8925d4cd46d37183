import { MortemError } from '#core/errors.ts';
import type { BlobStore, Clock, IncidentStore } from '#core/ports.ts';
import type { BatchRow, WorkloadVersion } from '#core/store-model.ts';
import type { Observation } from '#core/wire/observation.ts';
import { parseBatch } from '../batch/parse-batch.ts';
import { readStoredBody } from '../batch/stored-body.ts';

export interface IndexDeps {
  readonly store: Pick<IncidentStore, 'batch' | 'indexObservations'>;
  readonly blobs: Pick<BlobStore, 'get'>;
  /** Gives what the same process accepted a moment ago, once; `undefined` sends the reader to the blob. */
  readonly takeAccepted: (batchId: string) => readonly Observation[] | undefined;
  readonly clock: Clock;
}

/** A batch that could not be indexed, and why. */
export interface FailedBatch {
  readonly id: string;
  readonly reason: string;
  /** It is not the batch's fault: the database or the blob store could not be reached. */
  readonly passing?: boolean;
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
      const batch = await deps.store.batch(id);
      if (batch?.status !== 'pending') continue;
      for (const workload of await indexBatch(deps, batch)) {
        touched.set(`${workload.cluster}/${workload.namespace}/${workload.kind}/${workload.name}`, workload);
      }
    } catch (error) {
      const passing = error instanceof MortemError && error.code === 'unreachable';
      failed.push({ id, reason: error instanceof Error ? error.message : String(error), ...(passing && { passing }) });
    }
    // A batch is tens of milliseconds of computation: let requests in between.
    await deps.clock.sleep(0);
  }
  return { failed, touched: [...touched.values()] };
}

/** Its marks on workloads are durable, and outlive a crash before they are rebuilt. */
async function indexBatch(deps: IndexDeps, batch: BatchRow): Promise<readonly WorkloadVersion[]> {
  const observations = deps.takeAccepted(batch.id) ?? (await readBlob(deps, batch));
  const { touched } = await deps.store.indexObservations(batch.cluster, observations, batch.id);
  return touched;
}

async function readBlob({ blobs }: IndexDeps, batch: BatchRow): Promise<readonly Observation[]> {
  if (batch.accepted === 0) return [];
  const { observations } = parseBatch(await readStoredBody(blobs, batch));
  if (observations.length === batch.accepted) return observations;
  throw new MortemError('bad-input', `The blob holds ${observations.length} of the ${batch.accepted} observations that were accepted.`);
}
