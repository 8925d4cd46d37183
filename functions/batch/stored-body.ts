import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { MortemError } from '#core/errors.ts';
import type { BlobStore } from '#core/ports.ts';
import type { BatchRow } from '#core/store-model.ts';
import { maxInflatedBytes } from '#core/wire/sizes.ts';
import { inflateBatch } from './inflate-batch.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

const mergedEnding = '.ndjson.br';
const quality = 5;

/**
 * The observations of a batch as NDJSON, whichever way its body is stored.
 *
 * @throws {MortemError} `not-found`, or `bad-input` when it is damaged
 */
export async function readStoredBody(blobs: Pick<BlobStore, 'get'>, { blobKey }: Pick<BatchRow, 'blobKey'>): Promise<Buffer> {
  const body = await blobs.get(blobKey);
  if (!blobKey.endsWith(mergedEnding)) return inflateBatch(body);
  try {
    return await decompress(body, { maxOutputLength: maxInflatedBytes });
  } catch (error) {
    throw new MortemError('bad-input', `The body ${blobKey} is damaged. Compare it with a backup.`, { cause: error });
  }
}

/** The bodies of many batches in one: Brotli, whose window holds all of them. */
export async function encodeMerged(
  cluster: string,
  day: string,
  lines: Buffer,
): Promise<{ readonly id: string; readonly blobKey: string; readonly body: Buffer }> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: lines.length };
  const body = await compress(lines, { params });
  const digest = createHash('sha256').update(body).digest('hex');
  return { id: `${cluster}/${digest}`, blobKey: `merged/${cluster}/${day.replaceAll('-', '/')}/${digest}${mergedEnding}`, body };
}
