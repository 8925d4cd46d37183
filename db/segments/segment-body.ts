import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import type { Observation } from '#core/wire/observation.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/**
 * Brotli, since its window holds the whole segment and zlib's no more than two logs: 200 lines that repeat take half a kilobyte
 * in place of one and a third. A higher quality takes ten times as long for a tenth less.
 */
const quality = 5;

/** @param texts observations as JSON, which has no line breaks */
export function encodeSegment(texts: readonly string[]): Promise<Buffer> {
  const lines = Buffer.from(texts.join('\n'));
  return compress(lines, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: lines.length },
  });
}

/** Only {@link encodeSegment} writes these bytes, from observations that passed the wire schema. */
export async function decodeSegment(body: Uint8Array): Promise<readonly Observation[]> {
  const lines = (await decompress(body)).toString('utf8').split('\n');
  return lines.map((line): Observation => JSON.parse(line));
}
