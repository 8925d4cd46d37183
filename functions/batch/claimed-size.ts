import { maxInflatedBytes } from '#core/wire/sizes.ts';
import { isPlainGzip } from './is-plain-gzip.ts';

/** The last field of a gzip: the inflated size, modulo 2^32. */
const sizeBytes = 4;

/**
 * How large a body may become that is inflated no further than this. A gzip of one member says it at its end, and one that becomes
 * larger is broken; of others nobody knows.
 */
export function claimedSize(body: Uint8Array): number {
  if (body.length < sizeBytes || !isPlainGzip(body)) return maxInflatedBytes;
  const claimed = new DataView(body.buffer, body.byteOffset, body.byteLength).getUint32(body.length - sizeBytes, true);
  return Math.max(body.length, Math.min(claimed, maxInflatedBytes));
}
