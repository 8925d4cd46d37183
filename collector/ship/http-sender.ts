import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Clock } from '#core/ports.ts';
import { schemaVersion } from '#core/wire/sizes.ts';
import { startDeadline } from '../deadline.ts';
import { readText } from '../watch/read-body.ts';
import type { SendResult } from './judge-response.ts';
import type { SealedBatch } from './seal-batch.ts';

/** Sends one batch; never throws. */
export type Sender = (batch: SealedBatch) => Promise<SendResult>;

/** Where batches go, and with which credential. */
export interface ShippingAddress {
  /** The server's address, without the path. */
  readonly url: string;
  /** A key; or what gives one for each request, such as a projected token that the kubelet renews. */
  readonly key: string | (() => Promise<string>);
  /** Header of the credential, where something on the way signs requests in `authorization`. */
  readonly keyHeader?: 'authorization' | 'mortem-authorization';
}

export interface HttpSenderOptions extends ShippingAddress {
  /** Name and version, `mortem/0.1.0`. */
  readonly collector: string;
  readonly clock: Clock;
}

const timeoutMs = 30_000;
/** An answer names refused lines: a few hundred bytes each, of a batch of some thousands. */
const maxAnswerBytes = 4_000_000;

/** `POST <url>/v1/observations`, over node:http: `fetch` would hold 15 MB for it. */
export function createHttpSender({ url, key, keyHeader = 'authorization', collector, clock }: HttpSenderOptions): Sender {
  const address = new URL(`${url.replace(/\/+$/, '')}/v1/observations`);
  const { request, Agent } = address.protocol === 'http:' ? http : https;
  const agent = new Agent({ keepAlive: true });

  function post(batch: SealedBatch, credential: string, signal: AbortSignal): Promise<IncomingMessage> {
    const headers = {
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
      'content-length': batch.body.length,
      'mortem-schema': schemaVersion,
      'mortem-batch': batch.id,
      'mortem-collector': collector,
      [keyHeader]: `Bearer ${credential}`,
    };
    return new Promise((resolve, reject) => {
      request(address, { method: 'POST', headers, agent, signal }, resolve).on('error', reject).end(batch.body);
    });
  }

  return async (batch) => {
    const late = startDeadline(clock, timeoutMs);
    try {
      const response = await post(batch, typeof key === 'string' ? key : await key(), late.signal);
      const body = await readText(response, maxAnswerBytes);
      const retryAfterMs = parseRetryAfter(response.headers['retry-after'], clock.now());
      return { kind: 'answered', status: response.statusCode ?? 0, body, ...(retryAfterMs !== undefined && { retryAfterMs }) };
    } catch (error) {
      const reason = late.signal.aborted ? `no answer within ${timeoutMs / 1000} s` : describe(error);
      return { kind: 'unreachable', reason: `Cannot reach ${address.href}: ${reason}` };
    } finally {
      late.cancel();
    }
  };
}

const longestRetryAfterMs = 600_000;

/** Seconds, or a date as proxies send it. */
export function parseRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestRetryAfterMs);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' && 'code' in error ? String(error.code) : error.message;
}
