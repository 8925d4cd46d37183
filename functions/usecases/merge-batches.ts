import { MortemError } from '#core/errors.ts';
import type { BlobStore, Clock, CompactionStore } from '#core/ports.ts';
import type { BatchRow } from '#core/store-model.ts';
import { encodeMerged, readStoredBody } from '../batch/stored-body.ts';

export interface MergeDeps {
  readonly compaction: CompactionStore;
  readonly blobs: BlobStore;
  readonly clock: Clock;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A sender tries again within minutes; a batch that comes again later is taken in again, and counts nothing twice. */
const restMs = hourMs;
const readAtOnce = 5000;

const newline = Buffer.from('\n');

/** A merged batch grows with the day until it holds so many: small ones are written a few times, large ones not again. */
const smallRecords = 2000;
const mostRecords = 20_000;
/** Inflated: what a reader has to hold at once, below what a batch may inflate to. */
const mostBytes = 8_000_000;
/** Today, and yesterday, when no more will come. */
const fewestToday = 64;
const fewestYesterday = 8;

/**
 * Makes one body of the many small ones of a cluster and a day: a batch of one death is a few kilobytes, most of it what the batch
 * before said too. The merged batch is durable and has its row before one of its members goes, so that a crash leaves something
 * twice, and nothing not at all.
 *
 * @returns how many batches are in another now
 */
export async function mergeBatches(deps: MergeDeps): Promise<number> {
  const now = deps.clock.now().getTime();
  const today = now - (now % dayMs);
  let merged = 0;
  for (const { from, until, fewest } of [
    { from: today - dayMs, until: Math.min(today, now - restMs), fewest: fewestYesterday },
    { from: today, until: now - restMs, fewest: fewestToday },
  ]) {
    const batches = await deps.compaction.smallBatches({ from, until, mostRecords: smallRecords }, readAtOnce);
    for (const [cluster, ofCluster] of Map.groupBy(batches, (batch) => batch.cluster)) {
      if (ofCluster.length >= fewest)
        merged += await mergeSome(deps, { cluster, day: new Date(from).toISOString().slice(0, 10) }, ofCluster);
    }
  }
  return merged;
}

async function mergeSome(
  { compaction, blobs }: MergeDeps,
  { cluster, day }: { readonly cluster: string; readonly day: string },
  batches: readonly BatchRow[],
): Promise<number> {
  const members: BatchRow[] = [];
  const bodies: Buffer[] = [];
  let [records, bytes] = [0, 0];
  for (const batch of batches) {
    if (records + batch.accepted > mostRecords) break;
    const body = await readIfThere(blobs, batch);
    if (body === undefined || bytes + body.length > mostBytes) continue;
    members.push(batch);
    // The last line of a body as it was sent may have no end.
    bodies.push(body, newline);
    records += batch.accepted;
    bytes += body.length;
  }
  if (members.length < 2) return 0;
  const { id, blobKey, body } = await encodeMerged(cluster, day, Buffer.concat(bodies));
  const row: BatchRow = {
    id,
    cluster,
    blobKey,
    receivedAt: Math.max(...members.map(({ receivedAt }) => receivedAt)),
    accepted: records,
    rejected: [],
    collector: [...new Set(members.map(({ collector }) => collector))].toSorted().join(' '),
    status: 'processed',
  };
  await blobs.put(blobKey, body);
  if ((await compaction.addMergedBatch(row, members)) === 'outdated') {
    await blobs.delete(blobKey);
    return 0;
  }
  for (const member of members) await blobs.delete(member.blobKey);
  await compaction.removeMembers(members);
  return members.length;
}

/** A body that is missing was merged before a crash, or is somebody else's to worry about. */
async function readIfThere(blobs: BlobStore, batch: BatchRow): Promise<Buffer | undefined> {
  try {
    return await readStoredBody(blobs, batch);
  } catch (error) {
    if (error instanceof MortemError && (error.code === 'not-found' || error.code === 'bad-input')) return undefined;
    throw error;
  }
}
