import { createHash } from 'node:crypto';
import { MortemError } from '#core/errors.ts';
import type { BlobStore, Clock, IncidentStore, Queue } from '#core/ports.ts';
import type { BatchRow, RejectedLine } from '#core/store-model.ts';
import { observation as observationSchema, type Observation } from '#core/wire/observation.ts';
import type { ParsedLine } from '#core/wire/parse-line.ts';
import { blobKey } from '../batch/blob-key.ts';
import { encodeBatch } from '../batch/encode-batch.ts';
import { inflateBatch } from '../batch/inflate-batch.ts';
import { isPlainGzip } from '../batch/is-plain-gzip.ts';
import { parseBatch, type ParsedBatch } from '../batch/parse-batch.ts';
import { saysOnly } from '../batch/says-only.ts';

export interface AcceptDeps {
  readonly store: Pick<IncidentStore, 'insertBatch' | 'batch'>;
  readonly blobs: Pick<BlobStore, 'put'>;
  readonly queue: Queue;
  readonly clock: Clock;
  /** The net behind the collector's own redaction, and how often each rule replaced something. */
  readonly redact: (observation: Observation) => { readonly observation: Observation; readonly counts: Readonly<Record<string, number>> };
  /** Hands the observations over to the same process, which else reads them back from the blob. */
  readonly keepAccepted: (batchId: string, observations: readonly Observation[], bytes: number) => void;
}

export interface SentBatch {
  /** From the credential. */
  readonly cluster: string;
  /** `mortem-collector` header. */
  readonly collector: string;
  /** `mortem-batch` header: SHA-256 of the body as sent, hex. */
  readonly digest: string;
  readonly body: Uint8Array;
}

/** The answer to a sender, as on the wire. */
export interface AcceptedBatch {
  readonly batch: string;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly RejectedLine[];
}

/**
 * Takes a batch over from its sender: when this resolves, the batch is on the disk and in the batch table, and a crash loses
 * nothing. The same bytes again change nothing and count as duplicates.
 *
 * @throws {MortemError} `bad-input` or `too-large`; then nothing of the batch was kept
 */
export async function acceptBatch(deps: AcceptDeps, sent: SentBatch): Promise<AcceptedBatch> {
  checkDigest(sent);
  const id = `${sent.cluster}/${sent.digest}`;
  // At once: a database that is asked over a network answers while the body is inflated.
  const [known, inflated] = await Promise.all([deps.store.batch(id), inflateBatch(sent.body)]);
  if (known !== undefined) return duplicateOf(known, sent.digest);

  const { observations, rejected, isAsSent } = parseOwn(deps, inflated, sent.cluster);
  const receivedAt = deps.clock.now();
  const row: BatchRow = {
    id,
    cluster: sent.cluster,
    blobKey: blobKey(sent.cluster, sent.digest, receivedAt),
    receivedAt: receivedAt.getTime(),
    accepted: observations.length,
    rejected,
    collector: sent.collector,
    status: 'pending',
  };
  // The blob first: a row without blob would be a promise nobody can keep, a blob without row is only a leftover.
  await deps.blobs.put(row.blobKey, isAsSent && isPlainGzip(sent.body) ? sent.body : await encodeBatch(observations));
  if ((await deps.store.insertBatch(row)) === 'duplicate') return duplicateOf(row, sent.digest);
  deps.keepAccepted(id, observations, inflated.length);
  await deps.queue.send(id);
  return { batch: sent.digest, accepted: observations.length, duplicates: 0, rejected };
}

interface OwnBatch extends ParsedBatch {
  /** The inflated body says the same as the observations, and nothing else. */
  readonly isAsSent: boolean;
}

/** As they will be read back from the blob: without credentials, of the sender's cluster, their fields in the order of the schema. */
function parseOwn({ redact }: AcceptDeps, inflated: Buffer, cluster: string): OwnBatch {
  let isChanged = false;
  const own = (sent: Observation): ParsedLine => {
    const claimed = sent.cluster === cluster ? sent : { ...sent, cluster };
    const { observation, counts } = redact(claimed);
    const isClean = Object.keys(counts).length === 0;
    if (!isClean || claimed !== sent) isChanged = true;
    return isClean ? { ok: true, observation: claimed } : checkRedacted(observation);
  };
  const parsed = parseBatch(inflated, own);
  const isWhole = !isChanged && parsed.rejected.length === 0;
  return { ...parsed, isAsSent: isWhole && parsed.written !== undefined && saysOnly(parsed.written) };
}

function checkRedacted(observation: Observation): ParsedLine {
  const checked = observationSchema.safeParse(observation);
  // A marker can be longer than what it stands for.
  return checked.success
    ? { ok: true, observation: checked.data }
    : { ok: false, reason: 'line is too long once its credentials are replaced' };
}

function checkDigest({ body, digest }: SentBatch): void {
  if (body.length === 0) throw new MortemError('bad-input', 'The request has no body. Send NDJSON, compressed with gzip.');
  if (createHash('sha256').update(body).digest('hex') === digest) return;
  throw new MortemError(
    'bad-input',
    'The body does not have the SHA-256 that the mortem-batch header names. Send the batch again, unchanged.',
  );
}

function duplicateOf({ accepted, rejected }: BatchRow, digest: string): AcceptedBatch {
  return { batch: digest, accepted, duplicates: accepted, rejected };
}
