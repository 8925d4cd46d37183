import type { Clock } from '#core/ports.ts';
import { schemaVersion } from '#core/wire/limits.ts';
import { startDeadline } from '../deadline.ts';
import type { SendResult } from './judge-response.ts';
import type { SealedBatch } from './seal-batch.ts';

/** Sends one batch; never throws. */
export type Sender = (batch: SealedBatch) => Promise<SendResult>;

export interface HttpSenderOptions {
  /** The server's address, without the path. */
  readonly url: string;
  readonly key: string;
  /** Name and version, `mortem/0.1.0`. */
  readonly collector: string;
  readonly clock: Clock;
}

const timeoutMs = 30_000;

/** `POST <url>/v1/observations`. */
export function createHttpSender({ url, key, collector, clock }: HttpSenderOptions): Sender {
  const address = `${url.replace(/\/+$/, '')}/v1/observations`;
  return async (batch) => {
    const late = startDeadline(clock, timeoutMs);
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-ndjson',
          'content-encoding': 'gzip',
          'mortem-schema': schemaVersion,
          'mortem-batch': batch.id,
          'mortem-collector': collector,
          authorization: `Bearer ${key}`,
        },
        body: new Uint8Array(batch.body),
        redirect: 'manual',
        signal: late.signal,
      });
      const body = await response.text();
      const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), clock.now());
      return { kind: 'answered', status: response.status, body, ...(retryAfterMs !== undefined && { retryAfterMs }) };
    } catch (error) {
      return { kind: 'unreachable', reason: `Cannot reach ${address}: ${describe(error)}` };
    } finally {
      late.cancel();
    }
  };
}

const longestRetryAfterMs = 600_000;

/** Seconds, or a date as proxies send it. */
export function parseRetryAfter(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestRetryAfterMs);
}

/** `fetch` hides the reason in the cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
