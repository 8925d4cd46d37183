import type { BlobStore, Clock, Expired, RetentionStore } from '#core/ports.ts';

/** How long what is kept; `undefined` keeps it for ever. */
export interface Retention {
  /** Bodies of batches as they were accepted, once they are processed; by the server's clock. */
  readonly batchesMs: number | undefined;
  /** Records in the index; by data time, as everything below. */
  readonly observationsMs: number | undefined;
  /** Incidents, their documents, and the ledgers behind trends and audits. */
  readonly incidentsMs: number | undefined;
}

export interface ExpireDeps {
  readonly retained: RetentionStore;
  readonly blobs: Pick<BlobStore, 'delete'>;
  readonly clock: Clock;
  readonly retention: Retention;
}

export interface ExpiredRound {
  readonly batches: number;
  readonly observations: number;
  readonly incidents: number;
  /** True when there is more to do than one round may. */
  readonly more: boolean;
}

/** What one round takes out of each, so that it ends within a minute on any engine. */
const rowsPerRound = 20_000;
const batchesPerRound = 500;
const nothing: Expired = { removed: 0, more: false };

/** Takes out what has been kept long enough, as much as one round may. */
export async function expire({ retained, blobs, clock, retention }: ExpireDeps): Promise<ExpiredRound> {
  const { batchesMs, observationsMs, incidentsMs } = retention;
  const batches = batchesMs === undefined ? nothing : await expireBatches({ retained, blobs }, clock.now().getTime() - batchesMs);
  const observations = observationsMs === undefined ? nothing : await retained.expireObservations(observationsMs, rowsPerRound);
  const incidents = incidentsMs === undefined ? nothing : await retained.expireIncidents(incidentsMs, rowsPerRound);
  return {
    batches: batches.removed,
    observations: observations.removed,
    incidents: incidents.removed,
    more: batches.more || observations.more || incidents.more,
  };
}

async function expireBatches({ retained, blobs }: Pick<ExpireDeps, 'retained' | 'blobs'>, receivedBefore: number): Promise<Expired> {
  const batches = await retained.processedBatches(receivedBefore, batchesPerRound);
  for (const { blobKey } of batches) await blobs.delete(blobKey);
  if (batches.length > 0) await retained.removeBatches(batches.map(({ id }) => id));
  return { removed: batches.length, more: batches.length === batchesPerRound };
}
