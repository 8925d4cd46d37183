import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { compose } from '../../../functions/compose.ts';
import { createKey } from '../../../functions/usecases/create-key.ts';
import { pod } from '../../support/build-observations.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { batchRequest, ndjson } from '../../support/send-batch.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

test('what the memory does not hold is sent away until there is room, and nothing of it is kept', async () => {
  const deps = compose(
    { dataDir: await temporaryDirectory(), logLevel: 'silent', maxInFlightBytes: 5_000_000 },
    { logger: createRecordingLogger() },
  );
  onTestFinished(() => deps.close());
  const app = createApp(deps);
  const key = await createKey(deps, 'test');
  const good = gzipSync(ndjson([pod(1)]));
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  // It does not say how long it is, so that the room for the largest body is kept for it.
  const slow = Promise.resolve(app.request('/v1/observations', { ...batchRequest(key, good), body: readable, duplex: 'half' }));
  const writer = writable.getWriter();
  await writer.write(good.subarray(0, 10));

  const refused = await app.request('/v1/observations', batchRequest(key, gzipSync(ndjson([pod(2)])), { 'content-length': '2000000' }));
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.json()).toEqual({
    type: 'urn:mortem:problem:too-many-requests',
    title: 'Too many requests',
    status: 429,
    detail: 'The server takes in as many batches as its memory holds. Send this one again in 1 s; nothing of it was kept.',
  });
  expect(await deps.store.pendingBatches(10)).toEqual([]);

  await writer.write(good.subarray(10));
  await writer.close();
  expect((await slow).status).toBe(202);
  const again = await app.request('/v1/observations', batchRequest(key, gzipSync(ndjson([pod(2)])), { 'content-length': '2000000' }));
  expect(again.status).toBe(202);
});

test('a body that does not come in time gives its room back', async () => {
  const clock = createManualClock();
  const deps = compose(
    { dataDir: await temporaryDirectory(), logLevel: 'silent', maxInFlightBytes: 5_000_000 },
    { logger: createRecordingLogger(), clock },
  );
  onTestFinished(() => deps.close());
  const app = createApp(deps);
  const key = await createKey(deps, 'test');
  const good = gzipSync(ndjson([pod(1)]));
  const post = (headers: Record<string, string>) => app.request('/v1/observations', batchRequest(key, good, headers));
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const slow = Promise.resolve(app.request('/v1/observations', { ...batchRequest(key, good), body: readable, duplex: 'half' }));
  await writable.getWriter().write(good.subarray(0, 10));
  await clock.untilSleeping(30_000);
  expect((await post({ 'content-length': '2000000' })).status).toBe(429);
  clock.advance(30_000);
  expect((await slow).status).toBe(408);
  expect((await post({ 'content-length': '2000000' })).status).toBe(202);
});
