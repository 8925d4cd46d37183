import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { pod } from '../../support/build-observations.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { batchRequest, ndjson } from '../../support/send-batch.ts';
import { startTestServer } from '../../support/test-server.ts';

const good = gzipSync(ndjson([pod(1)]));

interface Refused {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

/** Each wrong request, its status, the code of its problem and the sentence that says what to do. */
const refusals: readonly (readonly [string, (key: string) => RequestInit, Refused])[] = [
  [
    'no body',
    (key) => ({ ...batchRequest(key, good), body: null }),
    { status: 400, code: 'bad-input', detail: 'The request has no body. Send NDJSON, compressed with gzip.' },
  ],
  [
    'no line in the body',
    (key) => batchRequest(key, gzipSync('\n\n')),
    { status: 400, code: 'bad-input', detail: 'The body holds no observation. Send at least one line of NDJSON.' },
  ],
  [
    'no key',
    (key) => batchRequest(key, good, { authorization: '' }),
    {
      status: 401,
      code: 'unauthorized',
      detail: 'A key is missing. Send the header "authorization: Bearer mk_…" with a key made by "mortem keys create".',
    },
  ],
  [
    'another key',
    () => batchRequest('mk_wrong', good),
    { status: 401, code: 'unauthorized', detail: 'The key is not known here. Make one with "mortem keys create" on this server.' },
  ],
  [
    'basic authentication',
    (key) => batchRequest(key, good, { authorization: `Basic ${key}` }),
    {
      status: 401,
      code: 'unauthorized',
      detail: 'A key is missing. Send the header "authorization: Bearer mk_…" with a key made by "mortem keys create".',
    },
  ],
  [
    'truncated gzip',
    (key) => batchRequest(key, good.subarray(0, good.length - 12)),
    { status: 400, code: 'bad-input', detail: 'The gzip body ends too early. Send the batch again, whole.' },
  ],
  [
    'no gzip',
    (key) => batchRequest(key, Buffer.from(ndjson([pod(1)]))),
    { status: 400, code: 'bad-input', detail: 'The body is not gzip. Send NDJSON, compressed with gzip.' },
  ],
  [
    'gzip bomb',
    (key) => batchRequest(key, gzipSync(Buffer.alloc(25_000_000))),
    {
      status: 413,
      code: 'too-large',
      detail: 'The body inflates to more than 20000000 bytes. Send fewer observations in one batch.',
    },
  ],
  [
    'bomb of many small gzip members',
    (key) => batchRequest(key, Buffer.concat(Array<Buffer>(30).fill(gzipSync(Buffer.alloc(1_000_000))))),
    {
      status: 413,
      code: 'too-large',
      detail: 'The body inflates to more than 20000000 bytes. Send fewer observations in one batch.',
    },
  ],
  [
    'too many lines',
    (key) => batchRequest(key, gzipSync('{}\n'.repeat(200_000))),
    { status: 413, code: 'too-large', detail: 'The body has more than 100000 lines. Send fewer observations in one batch.' },
  ],
  [
    'oversize body',
    (key) => batchRequest(key, Buffer.alloc(4_000_001)),
    { status: 413, code: 'too-large', detail: 'The body has more than 4000000 bytes. Send fewer observations in one batch.' },
  ],
  [
    'wrong content type',
    (key) => batchRequest(key, good, { 'content-type': 'application/json' }),
    { status: 415, code: 'unsupported', detail: 'Observations are sent with "content-type: application/x-ndjson".' },
  ],
  [
    'wrong content encoding',
    (key) => batchRequest(key, good, { 'content-encoding': 'br' }),
    { status: 415, code: 'unsupported', detail: 'Observations are sent compressed, with "content-encoding: gzip".' },
  ],
  [
    'unknown schema version',
    (key) => batchRequest(key, good, { 'mortem-schema': 'observations/v2' }),
    {
      status: 415,
      code: 'unsupported',
      detail: 'This server reads observations/v1: send "mortem-schema: observations/v1", from a collector of the same version.',
    },
  ],
  [
    'digest of another body',
    (key) => batchRequest(key, good, { 'mortem-batch': 'a'.repeat(64) }),
    {
      status: 400,
      code: 'bad-input',
      detail: 'The body does not have the SHA-256 that the mortem-batch header names. Send the batch again, unchanged.',
    },
  ],
  [
    'no digest',
    (key) => batchRequest(key, good, { 'mortem-batch': '' }),
    {
      status: 400,
      code: 'bad-input',
      detail: 'The header "mortem-batch" carries the SHA-256 of the body as sent, in 64 lower-case hexadecimal digits.',
    },
  ],
];

describe('POST /v1/observations refuses', () => {
  test.each(refusals)('%s', async (_, wrong, { status, code, detail }) => {
    const server = await startTestServer();
    const response = await fetch(`${server.url}/v1/observations`, wrong(server.key));
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.json()).toEqual({ type: `urn:mortem:problem:${code}`, title: expect.any(String) as string, status, detail });
    expect(response.status).toBe(status);
    expect(await server.deps.store.pendingBatches(10)).toEqual([]);
    expect(server.logger.entries).toEqual([]);

    const next = await fetch(`${server.url}/v1/observations`, batchRequest(server.key, good));
    expect(next.status).toBe(202);
  });

  test('an announced length beyond the limit, without reading the body', async () => {
    const server = await startTestServer();
    const { hostname, port } = new URL(server.url);
    const { headers } = batchRequest(server.key, good, { 'content-length': '5000000', expect: '' });
    const sending = request({ hostname, port, path: '/v1/observations', method: 'POST', headers: headers as Record<string, string> });
    sending.on('error', () => undefined);
    sending.flushHeaders();
    const [response] = (await once(sending, 'response')) as [{ statusCode: number }];
    expect(response.statusCode).toBe(413);
    sending.destroy();
  });

  test('a body of unannounced length, as soon as it is beyond the limit', async () => {
    const server = await startTestServer();
    const { hostname, port } = new URL(server.url);
    const { headers } = batchRequest(server.key, good, { 'transfer-encoding': 'chunked' });
    const sending = request({ hostname, port, path: '/v1/observations', method: 'POST', headers: headers as Record<string, string> });
    sending.on('error', () => undefined);
    const answered = once(sending, 'response') as Promise<[{ statusCode: number }]>;
    // Never ended: a server that waits for the end would never answer.
    for (let sent = 0; sent < 5; sent += 1) sending.write(Buffer.alloc(1_000_000));
    expect((await answered)[0].statusCode).toBe(413);
    sending.destroy();
  });

  test('a body that does not come in time', async () => {
    const clock = createManualClock();
    const server = await startTestServer({ clock });
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const { headers } = batchRequest(server.key, good, { host: hostname, 'content-length': '1000' });
    const lines = Object.entries(headers as Record<string, string>).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`POST /v1/observations HTTP/1.1\r\n${lines.join('')}\r\nonly the start`);
    await clock.untilSleeping(30_000);
    clock.advance(30_000);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer.toString()).toContain('The body did not arrive within 30 s. Send it again, or in smaller batches.');
    socket.destroy();
  });

  test('a sender that goes away in the middle of its body, without harm', async () => {
    const clock = createManualClock();
    const server = await startTestServer({ clock });
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const { headers } = batchRequest(server.key, good, { host: hostname, 'content-length': '1000' });
    const lines = Object.entries(headers as Record<string, string>).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`POST /v1/observations HTTP/1.1\r\n${lines.join('')}\r\nonly the start`);
    await clock.untilSleeping(30_000);
    socket.destroy();
    const next = await fetch(`${server.url}/v1/observations`, batchRequest(server.key, good));
    expect(next.status).toBe(202);
  });
});
