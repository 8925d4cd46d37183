import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../functions/serve.ts';
import { createKey } from '../../functions/usecases/create-key.ts';
import { leaveBatch } from '../support/accepted-batch.ts';
import { heartbeat } from '../support/build-cluster-observations.ts';
import { key, pod } from '../support/build-observations.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { openStorage } from '../support/open-storage.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { batchRequest, observationsRequest } from '../support/send-batch.ts';
import { startTestServer } from '../support/test-server.ts';

test('takes up at start what an earlier run left: batches, and workloads that were not rebuilt', async () => {
  const { dataDir, store, blobs } = await openStorage();
  await leaveBatch({ store, blobs }, 'left', [pod(2)]);
  await store.indexObservations('test', [
    pod(1, { name: 'web-1', uid: 'pod-web', workload: { kind: 'Deployment', name: 'web', chain: [] } }),
  ]);

  const server = await startServer({ dataDir, port: 0, host: '127.0.0.1', logger: createRecordingLogger() });
  onTestFinished(() => server.close());
  await server.idle();
  expect((await store.batch('test/left'))?.status).toBe('processed');
  expect(await store.observationsOf(key)).toHaveLength(1);
  expect(await store.staleWorkloads(10)).toEqual([]);
});

test('every minute it takes up what was lost and lets data time have its effect', async () => {
  const clock = createManualClock();
  const server = await startTestServer({ clock });
  const { store } = server.deps;
  await server.idle();
  await leaveBatch(server.deps, 'lost', [pod(1)]);
  await clock.untilSleeping(60_000);
  clock.advance(60_000);
  await clock.untilSleeping(60_000);
  await server.idle();
  expect((await store.batch('test/lost'))?.status).toBe('processed');

  await store.indexObservations('test', [heartbeat(30)]);
  expect(await store.unsettledWorkloads()).toHaveLength(1);
  clock.advance(60_000);
  await clock.untilSleeping(60_000);
  expect(await store.unsettledWorkloads()).toEqual([]);
});

test('listens where it says, and says why it cannot', async () => {
  const server = await startTestServer();
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await (await fetch(`${server.url}/healthz`)).text()).toBe('ok\n');
  const { port } = new URL(server.url);
  const { dataDir } = await openStorage();
  await expect(startServer({ dataDir, port: Number(port), host: '127.0.0.1', logger: createRecordingLogger() })).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(
      new RegExp(`^Cannot listen on 127.0.0.1 port ${port}: .*EADDRINUSE.* Choose another with --port.$`),
    ) as string,
  });
});

test('closing waits for what runs; what was accepted is there at the next start', async () => {
  const { dataDir } = await openStorage();
  const options = { dataDir, port: 0, host: '127.0.0.1', logger: createRecordingLogger() };
  const first = await startServer(options);
  const secret = await createKey(first.deps, 'test');
  const response = await fetch(`${first.url}/v1/observations`, observationsRequest(secret, [pod(1), pod(2)]));
  expect(response.status).toBe(202);
  await first.close();

  const second = await startServer(options);
  onTestFinished(() => second.close());
  await second.idle();
  expect(await second.deps.store.observationsOf(key)).toHaveLength(2);
});

test('a connection outlives the pauses of whoever sends, and a request that was on its way at the end does not hold the server open', async () => {
  const { dataDir } = await openStorage();
  const server = await startServer({ dataDir, port: 0, host: '127.0.0.1', logger: createRecordingLogger() });
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const body = Buffer.from('abcd');
  const { headers } = batchRequest(await createKey(server.deps, 'test'), body, { 'content-length': '4' });
  const asked = request(`${server.url}/v1/observations`, { method: 'POST', agent, headers: headers as Record<string, string> });
  const answered = once(asked, 'response');
  asked.write(body.subarray(0, 2));
  // The server has read the head by the time it answers another connection.
  await fetch(`${server.url}/healthz`);
  const closed = server.close();
  asked.end(body.subarray(2));
  const [response] = (await answered) as [IncomingMessage];
  response.resume();
  expect([response.statusCode, response.headers['keep-alive']]).toEqual([400, 'timeout=65']);
  await closed;
});
