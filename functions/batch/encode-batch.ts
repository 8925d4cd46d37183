import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { encodeObservation } from '#core/wire/encode-observation.ts';
import type { Observation } from '#core/wire/observation.ts';

const deflate = promisify(gzip);

/** What the blob store keeps: the observations that were accepted, as NDJSON, gzip. */
export function encodeBatch(observations: readonly Observation[]): Promise<Buffer> {
  return compressBatch(observations.map((observation) => `${encodeObservation(observation)}\n`).join(''));
}

/** Speed over size: level 1 costs a third. */
export function compressBatch(ndjson: string | Uint8Array): Promise<Buffer> {
  return deflate(ndjson, { level: 1, chunkSize: 131_072 });
}
