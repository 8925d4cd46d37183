import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createActivity } from '../../../collector/activity.ts';
import { createHttpSender } from '../../../collector/ship/http-sender.ts';
import { createShipper } from '../../../collector/ship/shipper.ts';
import { createMemorySpool } from '../../../collector/spool/memory-spool.ts';
import { lineOf, numbered } from '../../conformance/spool.suite.ts';
import { createManualClock, turn } from '../support/manual-clock.ts';
import { createSilentLogger } from '../support/silent-logger.ts';

interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly lines: readonly string[];
}

const cleanUps: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** A shipper towards a real HTTP server; each batch is answered by the next answer, and then with 202. */
async function start(answers: readonly ((response: ServerResponse) => void)[] = []) {
  const received: Received[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const lines = gunzipSync(body).toString('utf8').trimEnd().split('\n');
      const answer = answers[received.length];
      received.push({ url: request.url ?? '', headers: request.headers, body, lines });
      if (answer === undefined) response.writeHead(202).end('{"rejected":[]}');
      else answer(response);
      for (const wake of waiting.splice(0)) wake();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
  const clock = createManualClock();
  const logger = createSilentLogger();
  const activity = createActivity();
  const spool = createMemorySpool({ maxBytes: 64_000_000 });
  const send = createHttpSender({ url: `${url}/`, key: 'k3y', collector: 'mortem/1.2.3', clock });
  const shipper = createShipper({ spool, send, clock, random: () => 0.5, logger, activity });
  const stop = new AbortController();
  const run = shipper.run(stop.signal);
  cleanUps.push(
    () => new Promise((resolve) => void server.close(resolve)),
    () => server.closeAllConnections(),
    () => run,
    () => stop.abort(),
  );
  return {
    received,
    clock,
    logger,
    spool,
    shipper,
    stop: () => {
      stop.abort();
      return run;
    },
    append: async (number: number, urgent = false) => {
      await spool.append(numbered(number));
      shipper.appended(urgent);
      await turn();
    },
    batches: async (count: number) => {
      while (received.length < count) await new Promise<void>((resolve) => void waiting.push(resolve));
      while (!activity.isIdle()) await activity.changed();
    },
  };
}

const answer =
  (status: number, body = '', headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, headers).end(body);

describe('the request', () => {
  test('is what the wire says', async () => {
    const { append, clock, batches, received, spool } = await start();
    await append(1);
    await append(2, true);
    await clock.advance(500);
    await batches(1);
    const [request] = received;
    expect(request?.url).toBe('/v1/observations');
    expect(request?.headers).toMatchObject({
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
      'mortem-schema': 'observations/v1',
      'mortem-batch': createHash('sha256')
        .update(request?.body ?? '')
        .digest('hex'),
      'mortem-collector': 'mortem/1.2.3',
      authorization: 'Bearer k3y',
    });
    expect(request?.lines).toEqual([lineOf(1), lineOf(2)]);
    expect(spool.size().observations).toBe(0);
  });
});

describe('when batches leave', () => {
  test('after 15 seconds when nothing is urgent', async () => {
    const { append, clock, batches, received } = await start();
    await append(1);
    await clock.advance(14_000);
    await append(2);
    await clock.advance(999);
    expect(received).toHaveLength(0);
    await clock.advance(1);
    await batches(1);
    expect(received[0]?.lines).toEqual([lineOf(1), lineOf(2)]);
  });

  test('within half a second when something is, also when it comes late', async () => {
    const { append, clock, batches, received } = await start();
    await append(1);
    await clock.advance(5000);
    await append(2, true);
    await clock.advance(100);
    await append(3);
    await clock.advance(400);
    await batches(1);
    expect(received[0]?.lines).toEqual([lineOf(1), lineOf(2), lineOf(3)]);
  });

  test('never while there is nothing to send', async () => {
    const { clock, received } = await start();
    await clock.advance(60_000);
    expect(received).toEqual([]);
    expect(clock.sleepers()).toEqual([]);
  });
});

describe('when the server does not take it', () => {
  test.each([
    ['500', answer(500), 1000],
    ['429 with Retry-After', answer(429, '', { 'retry-after': '40' }), 40_000],
    ['a wrong key', answer(401, '{"error":"unknown key"}'), 30_000],
    ['a broken connection', (response: ServerResponse) => void response.destroy(), 1000],
  ])('%s: kept, and sent again after a while', async (_, failure, ms) => {
    const { append, clock, batches, received, spool, shipper } = await start([failure]);
    await append(1, true);
    await clock.advance(500);
    await batches(1);
    expect(spool.size().observations).toBe(1);
    expect(shipper.state().lastFault).toBeDefined();
    await append(2);
    await clock.advance(ms - 1);
    expect(received).toHaveLength(1);
    await clock.advance(1);
    await batches(2);
    expect(received[1]?.lines).toEqual([lineOf(1), lineOf(2)]);
    expect(shipper.state()).toEqual({ batches: 1, observations: 2, rejected: 0 });
  });

  test('pauses double, and a success resets them', async () => {
    const { append, clock, batches } = await start([answer(503), answer(503), answer(202), answer(503)]);
    await append(1, true);
    await clock.advance(500);
    await batches(1);
    await clock.advance(1000);
    await batches(2);
    expect(clock.sleepers()).toEqual([2000]);
    await clock.advance(2000);
    await batches(3);
    await append(2, true);
    await clock.advance(500);
    await batches(4);
    expect(clock.sleepers()).toEqual([1000]);
  });

  test('400: set aside with the sentence of the server, and the next goes on', async () => {
    const { append, clock, batches, received, spool, shipper, logger } = await start([answer(400, '{"error":"not gzip"}')]);
    await append(1, true);
    await clock.advance(500);
    await batches(1);
    expect(spool.size().observations).toBe(0);
    expect(shipper.state()).toEqual({ batches: 0, observations: 0, rejected: 1, lastFault: '400 not gzip' });
    expect(logger.lines).toEqual([{ level: 'error', event: 'batch-rejected', fields: { observations: 1, reason: '400 not gzip' } }]);
    await append(2, true);
    await clock.advance(500);
    await batches(2);
    expect(received[1]?.lines).toEqual([lineOf(2)]);
  });

  test('409: somebody sent it already', async () => {
    const { append, clock, batches, spool } = await start([answer(409)]);
    await append(1, true);
    await clock.advance(500);
    await batches(1);
    expect(spool.size().observations).toBe(0);
  });

  test('lines it refuses are logged', async () => {
    const { append, clock, batches, logger } = await start([answer(202, '{"rejected":[{"line":1,"reason":"unknown kind"}]}')]);
    await append(1, true);
    await clock.advance(500);
    await batches(1);
    expect(logger.lines).toMatchObject([{ event: 'lines-rejected', fields: { count: 1, lines: [{ line: 1, reason: 'unknown kind' }] } }]);
  });

  test('413: halves until it is taken, and sets aside one that is too large alone', async () => {
    const tooLarge = answer(413, '{"error":"too large"}');
    const { append, clock, batches, received, shipper } = await start([tooLarge, tooLarge, tooLarge]);
    for (const number of [1, 2, 3, 4]) await append(number, number === 4);
    await clock.advance(500);
    await batches(5);
    expect(received.map(({ lines }) => lines.length)).toEqual([4, 2, 1, 1, 2]);
    expect(shipper.state()).toMatchObject({ batches: 2, observations: 3, rejected: 1 });
  });
});

describe('size', () => {
  test('no batch is over 4 MB compressed, whatever is in it', async () => {
    const { spool, shipper, clock, batches, received } = await start();
    for (let number = 0; number < 8; number++) await spool.append(numbered(number, randomBytes(900_000).toString('latin1')));
    shipper.appended(false);
    await turn();
    await clock.advance(500);
    await batches(2);
    while (spool.size().observations > 0) await batches(received.length + 1);
    expect(Math.max(...received.map(({ body }) => body.length))).toBeLessThanOrEqual(4_000_000);
    expect(received.flatMap(({ lines }) => lines)).toHaveLength(8);
  });
});

describe('drain', () => {
  test('ships what is left at once', async () => {
    const { append, stop, shipper, received } = await start();
    await append(1);
    await stop();
    expect(await shipper.drain()).toBe(true);
    expect(received[0]?.lines).toEqual([lineOf(1)]);
  });

  test('gives up after three tries, and says so', async () => {
    const { append, stop, shipper, clock, batches, spool } = await start([answer(503), answer(503), answer(503)]);
    await append(1);
    await stop();
    const drained = shipper.drain();
    await clock.sleeping(1000);
    await clock.advance(1000);
    await clock.sleeping(2000);
    await clock.advance(2000);
    expect(await drained).toBe(false);
    await batches(3);
    expect(spool.size().observations).toBe(1);
  });
});
