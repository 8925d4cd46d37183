import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Observation } from '#core/wire/observation.ts';

export function ndjson(observations: readonly Observation[]): string {
  return observations.map((observation) => `${JSON.stringify(observation)}\n`).join('');
}

export function sha256(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

/** A batch as a collector sends it; `headers` replace its own, and an empty one is left out. */
export function batchRequest(key: string, body: Uint8Array, headers: Readonly<Record<string, string>> = {}): RequestInit {
  const own = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/x-ndjson',
    'content-encoding': 'gzip',
    'mortem-schema': 'observations/v1',
    'mortem-batch': sha256(body),
    'mortem-collector': 'mortem-collector/0.1.0',
    ...headers,
  };
  return {
    method: 'POST',
    headers: Object.fromEntries(Object.entries(own).filter(([, value]) => value !== '')),
    body: new Uint8Array(body),
  };
}

export function observationsRequest(key: string, observations: readonly Observation[]): RequestInit {
  return batchRequest(key, gzipSync(ndjson(observations)));
}
