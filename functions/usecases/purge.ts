import { createHash } from 'node:crypto';
import { MortemError } from '#core/errors.ts';
import type { BlobStore, IncidentStore, PurgeCounts, PurgeScope, PurgeStore } from '#core/ports.ts';
import type { BatchRow } from '#core/store-model.ts';
import type { Observation } from '#core/wire/observation.ts';
import { encodeBatch } from '../batch/encode-batch.ts';
import { parseBatch } from '../batch/parse-batch.ts';
import { readStoredBody } from '../batch/stored-body.ts';

export interface PurgeDeps {
  readonly store: Pick<IncidentStore, 'clusters'>;
  readonly purged: PurgeStore;
  readonly blobs: BlobStore;
}

export interface PurgeOptions {
  /** True: only counts. */
  readonly dryRun: boolean;
  /** After each batch that was looked at. */
  readonly onBatch?: () => void;
}

export interface Purged extends PurgeCounts {
  /** Bodies that held something of it, and hold nothing of it any more. */
  readonly batches: number;
}

const batchesAtOnce = 100;

/**
 * Removes everything of a scope: from the bodies of batches first, so that none that waits can bring it back, then from the
 * index, the documents and the ledgers. Running it again does what a crash left.
 *
 * @throws {MortemError} `not-found` when nothing of that cluster is stored
 */
export async function purge({ store, purged, blobs }: PurgeDeps, scope: PurgeScope, options: PurgeOptions): Promise<Purged> {
  const { dryRun, onBatch } = options;
  let batches = 0;
  const seen = new Set<string>();
  // Until all were seen: the schedule of a server may merge batches meanwhile, into one whose id was passed by already.
  for (let before = -1; before < seen.size;) {
    before = seen.size;
    for await (const batch of everyBatch(purged, scope.cluster)) {
      if (seen.has(batch.id)) continue;
      seen.add(batch.id);
      if (await purgeBatch({ purged, blobs }, batch, { scope, dryRun })) batches += 1;
      onBatch?.();
    }
  }
  if (seen.size === 0 && !(await store.clusters()).some(({ cluster }) => cluster === scope.cluster)) {
    throw new MortemError('not-found', `Nothing of cluster ${scope.cluster} is stored.`);
  }
  const counts = dryRun ? await purged.countIndex(scope) : await purged.purgeIndex(scope);
  return { ...counts, batches };
}

async function* everyBatch(purged: PurgeStore, cluster: string): AsyncGenerator<BatchRow> {
  for (let after = ''; ;) {
    const page = await purged.batchesOf(cluster, after, batchesAtOnce);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

/** @returns whether the body held something of the scope */
async function purgeBatch(
  { purged, blobs }: Pick<PurgeDeps, 'purged' | 'blobs'>,
  batch: BatchRow,
  { scope, dryRun }: { readonly scope: PurgeScope; readonly dryRun: boolean },
): Promise<boolean> {
  const observations = await readBody(blobs, batch);
  const kept = observations?.filter((observation) => !isInScope(observation, scope));
  // A body that cannot be read cannot be searched either: it goes whole.
  if (observations !== undefined && kept?.length === observations.length && !isWholeCluster(scope)) return false;
  if (dryRun) return true;
  if (kept === undefined || kept.length === 0) {
    await blobs.delete(batch.blobKey);
    await purged.removeBatches([batch.id]);
    return true;
  }
  const body = await encodeBatch(kept);
  // Another key: a body is written once, and until the row knows the new one the old one must be there.
  const blobKey = `purged/${scope.cluster}/${createHash('sha256').update(body).digest('hex')}.ndjson.gz`;
  await blobs.put(blobKey, body);
  await purged.moveBatch(batch.id, { blobKey, accepted: kept.length });
  if (blobKey !== batch.blobKey) await blobs.delete(batch.blobKey);
  return true;
}

async function readBody(blobs: BlobStore, batch: BatchRow): Promise<readonly Observation[] | undefined> {
  try {
    return parseBatch(await readStoredBody(blobs, batch)).observations;
  } catch (error) {
    if (error instanceof MortemError && (error.code === 'not-found' || error.code === 'bad-input')) return undefined;
    throw error;
  }
}

function isWholeCluster({ namespace, from, until }: PurgeScope): boolean {
  return namespace === undefined && from === undefined && until === undefined;
}

function isInScope(observation: Observation, { namespace, from, until }: PurgeScope): boolean {
  if (namespace !== undefined && !('namespace' in observation && observation.namespace === namespace)) return false;
  const at = Date.parse(observation.observedAt);
  return (from === undefined || at >= from) && (until === undefined || at < until);
}
