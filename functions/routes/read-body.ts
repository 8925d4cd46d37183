import { HTTPException } from 'hono/http-exception';
import { MortemError } from '#core/errors.ts';
import type { Clock } from '#core/ports.ts';
import { maxBatchBytes } from '#core/wire/sizes.ts';
import { problemResponse } from '../middleware/problem.ts';

/** For the whole body: a collector sends 4 MB in well under a second. */
const bodyTimeoutMs = 30_000;

/**
 * The body, as far as it may be read: no further than the limit, no longer than the time-out.
 *
 * @throws {MortemError} `too-large`, or `bad-input` when the sender went away
 * @throws {HTTPException} 408 when the body is too slow: a fault that only HTTP knows
 */
export async function readBody(request: Request, clock: Clock): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBatchBytes) throw tooLarge();
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  const done = new AbortController();
  try {
    const body = await Promise.race([readAll(reader), expire(clock, done.signal)]);
    if (body !== 'expired') return body;
    throw new HTTPException(408, { res: tooSlow() });
  } finally {
    done.abort();
    // Nobody waits for the rest. A stream that is broken already refuses to be cancelled, which is as good.
    reader.cancel().catch(() => undefined);
  }
}

async function expire(clock: Clock, signal: AbortSignal): Promise<'expired'> {
  await clock.sleep(bodyTimeoutMs, signal);
  return 'expired';
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await readChunk(reader);
    if (done) return Buffer.concat(chunks, bytes);
    bytes += value.length;
    if (bytes > maxBatchBytes) throw tooLarge();
    chunks.push(value);
  }
}

async function readChunk(reader: ReadableStreamDefaultReader<Uint8Array>): ReturnType<typeof reader.read> {
  try {
    return await reader.read();
  } catch (error) {
    throw new MortemError('bad-input', 'The body ended before it was complete. Send it again.', { cause: error });
  }
}

function tooLarge(): MortemError {
  return new MortemError('too-large', `The body has more than ${maxBatchBytes} bytes. Send fewer observations in one batch.`);
}

function tooSlow(): Response {
  const detail = `The body did not arrive within ${bodyTimeoutMs / 1000} s. Send it again, or in smaller batches.`;
  return problemResponse({ type: 'urn:mortem:problem:timeout', title: 'Request timeout', status: 408, detail }, { connection: 'close' });
}
