import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Observation } from '#core/wire/observation.ts';

export interface SentBatch {
  readonly observations: number;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly digest: string;
}

/** Observations as a collector sends them. */
export function toBatches(observations: readonly Observation[], size: number): readonly SentBatch[] {
  const batches: SentBatch[] = [];
  for (let at = 0; at < observations.length; at += size) {
    const part = observations.slice(at, at + size);
    const body = new Uint8Array(gzipSync(part.map((observation) => `${JSON.stringify(observation)}\n`).join(''), { level: 1 }));
    batches.push({ observations: part.length, body, digest: createHash('sha256').update(body).digest('hex') });
  }
  return batches;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Seconds; 0 where the answer does not say. */
  readonly retryAfter: number;
}

export async function postBatch(url: string, key: string, batch: SentBatch): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
      'mortem-schema': 'observations/v1',
      'mortem-batch': batch.digest,
      'mortem-collector': 'bench/0',
    },
    body: batch.body,
  });
  return { status: response.status, text: await response.text(), retryAfter: Number(response.headers.get('retry-after') ?? 0) };
}

/** Posts all batches, a few at a time, and throws at the first that is not taken. */
export async function sendAll(url: string, key: string, batches: readonly SentBatch[], senders: number): Promise<void> {
  const left = [...batches];
  const send = async (): Promise<void> => {
    for (let batch = left.shift(); batch !== undefined; batch = left.shift()) {
      const { status, text } = await postBatch(url, key, batch);
      if (status !== 202) throw new Error(`${status} ${text}`);
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
}
