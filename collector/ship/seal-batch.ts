import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Batch } from '../spool/spool.ts';

/** A batch as it goes over the wire. */
export interface SealedBatch {
  /** gzip of NDJSON. */
  readonly body: Buffer;
  /** SHA-256 of the body, hex: the same lines sealed again give the same batch. */
  readonly id: string;
  readonly observations: number;
}

const compress = promisify(gzip);

export async function sealBatch({ bytes, observations }: Pick<Batch, 'bytes' | 'observations'>): Promise<SealedBatch> {
  // Level 1 brings a crash loop to a twentieth; the others cost the node more than they save.
  const body = await compress(bytes, { level: 1 });
  return { body, id: createHash('sha256').update(body).digest('hex'), observations };
}
