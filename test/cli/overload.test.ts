import { randomBytes } from 'node:crypto';
import { request, type ClientRequest } from 'node:http';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { maxInflatedBytes } from '#core/wire/sizes.ts';
import type { Observation } from '#core/wire/observation.ts';
import { leaveBatch } from '../support/accepted-batch.ts';
import { container, ended, log, pod, waiting } from '../support/build-observations.ts';
import { batchRequest, ndjson } from '../support/send-batch.ts';
import { serveMortem, type ServedMortem } from '../support/served-mortem.ts';

const deathsPerWorkload = 3;

/** A workload whose pod dies again and again. */
function crashLoop(cluster: string, name: string): readonly Observation[] {
  return Array.from({ length: deathsPerWorkload }, (_, death) => ({
    ...pod(20 * death, {
      name: `${name}-1`,
      uid: `pod-${name}`,
      workload: { kind: 'Deployment', name, chain: [] },
      containers: [
        container({
          restartCount: death,
          state: waiting('CrashLoopBackOff'),
          lastState: ended(`containerd://${name}-${death}`, 137, 20 * death - 10, 20 * death - 5, 'OOMKilled'),
        }),
      ],
    }),
    cluster,
  }));
}

const calmBatch = gzipSync(ndjson(crashLoop('calm', 'api')));

async function post({ url }: ServedMortem, key: string, body: Uint8Array): Promise<Response> {
  const response = await fetch(`${url}/v1/observations`, batchRequest(key, body));
  await response.clone().arrayBuffer();
  return response;
}

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 1));
}

const names = (prefix: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

test('a backlog of one cluster: a small batch of another waits for its turn, and for no more', async () => {
  const [batches, ofBatch, stale] = [80, 5, 300];
  const server = await serveMortem({
    async leave(storage) {
      await storage.store.indexObservations(
        'storm',
        names('stale', stale).flatMap((name) => crashLoop('storm', name)),
      );
      for (const batch of names('left', batches)) {
        await leaveBatch(
          storage,
          batch,
          names(batch, ofBatch).flatMap((name) => crashLoop('storm', name)),
        );
      }
    },
  });
  const ofStorm = (what: string): number => server.count(`select count(*) from ${what} and cluster = 'storm'`);
  const processed = (): number => ofStorm("batches where status = 'processed'");
  const built = (): number => ofStorm('workloads where not stale');

  const key = await server.keyOf('calm');
  const processedBefore = processed();
  expect((await post(server, key, calmBatch)).status).toBe(202);
  await until(() => server.count("select count(*) from batches where cluster = 'calm' and status = 'processed'") === 1);
  // What was being indexed when it came, what was taken up with it, and as much for the moment that looking takes.
  const processedThen = processed();
  expect(processedThen - processedBefore).toBeLessThan(32);
  expect(processedThen).toBeLessThan(batches);
  const builtBefore = built();
  await until(() => server.count("select count(*) from incidents where cluster = 'calm'") === 1);
  expect(built() - builtBefore).toBeLessThan(64);
  expect(ofStorm('workloads where stale')).toBeGreaterThan(stale / 2);

  await until(() => processed() === batches && ofStorm('workloads where stale') === 0);
  expect(ofStorm('terminations where true')).toBe((batches * ofBatch + stale) * deathsPerWorkload);
});

test('more than the memory may hold: some are told to wait, another cluster is not, and whoever tries again loses nothing', async () => {
  const server = await serveMortem({ env: { MORTEM_MAX_IN_FLIGHT_BYTES: '400000', MORTEM_RATE_LIMIT: '0' } });
  const [storm, calm] = [await server.keyOf('storm'), await server.keyOf('calm')];
  const bodies = names('storm', 24).map((name) => {
    const noise = log(1, `containerd://${name}`, randomBytes(60_000).toString('hex'), { podUid: `pod-${name}` });
    return gzipSync(ndjson([...crashLoop('storm', name), noise]), { level: 1 });
  });
  const refused: Response[] = [];
  const sending = bodies.map(async (body) => {
    for (let answer = await post(server, storm, body); answer.status !== 202; answer = await post(server, storm, body))
      refused.push(answer);
  });
  const calmAnswers: number[] = [];
  for (const name of names('calm', 5)) {
    calmAnswers.push((await post(server, calm, gzipSync(ndjson(crashLoop('calm', name))))).status);
  }
  await Promise.all(sending);
  expect(calmAnswers).toEqual([202, 202, 202, 202, 202]);
  expect(refused.length).toBeGreaterThan(0);
  expect(new Set(refused.map(({ status, headers }) => `${status} ${headers.get('retry-after')}`))).toEqual(new Set(['429 1']));

  await until(() => server.count("select count(*) from batches where status = 'pending'") === 0);
  expect(server.count('select count(*) from observations')).toBe(24 * (deathsPerWorkload + 1) + 5 * deathsPerWorkload);
  expect(server.count('select count(*) from batches')).toBe(29);
});

/** Says that a body comes, and sends no more than its start. */
function startSlowly({ url }: ServedMortem, key: string): ClientRequest {
  const { method, headers } = batchRequest(key, calmBatch, { 'transfer-encoding': 'chunked' });
  const sending = request(`${url}/v1/observations`, { method, headers: headers as Record<string, string> });
  sending.on('error', () => undefined);
  sending.write(calmBatch.subarray(0, 10));
  return sending;
}

test('bodies that do not come hold no more than their cluster may have, and nothing once they are gone', async () => {
  const server = await serveMortem({ env: { MORTEM_MAX_IN_FLIGHT_BYTES: '20000000' } });
  const [storm, calm] = [await server.keyOf('storm'), await server.keyOf('calm')];
  const slow = Array.from({ length: 12 }, () => startSlowly(server, storm));
  // Each may be four megabytes: two fit into what one cluster may have, the others are told to wait.
  const refused = await Promise.all(
    slow.map(async (sending) => (await once(sending, 'response').catch(() => [undefined]))[0]?.statusCode).slice(2),
  );
  expect(new Set(refused)).toEqual(new Set([429]));
  expect((await post(server, calm, calmBatch)).status).toBe(202);
  for (const sending of slow) sending.destroy();
  await until(async () => {
    const again = startSlowly(server, storm);
    again.end(calmBatch.subarray(10));
    const [answer] = (await once(again, 'response')) as [{ statusCode: number }];
    return answer.statusCode === 202;
  });
});

test('small bodies that inflate to the most a batch may have: the process stays as small as with a few', async () => {
  const server = await serveMortem({ env: { MORTEM_RATE_LIMIT: '0' } });
  const key = await server.keyOf('storm');
  const line = 'x'.repeat(1_000_000);
  const bombs = names('bomb', 30).map((name) => gzipSync(`${name}\n${`${line}\n`.repeat(maxInflatedBytes / 1_000_001 - 1)}`));
  expect(bombs[0]!.length).toBeLessThan(100_000);
  const answers = await Promise.all(bombs.map((bomb) => post(server, key, bomb)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  expect(server.peakBytes()).toBeLessThan(600_000_000);
});
