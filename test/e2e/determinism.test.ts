import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { timelineIncident } from '#core/report/timeline-incident.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import type { Observation } from '#core/wire/observation.ts';
import type { RunningServer } from '../../functions/serve.ts';
import { createKey } from '../../functions/usecases/create-key.ts';
import { replayInto, startTestServer, timelinesOf } from '../support/replayed.ts';

const name = 's24-seed-story';
const key: WorkloadKey = { cluster: name, namespace: name, kind: 'Deployment', name: 'payments-api' };

let calm: RunningServer;
let observations: readonly Observation[];
let watermark: number;
let timeline: string;
let id: string;

beforeAll(async () => {
  calm = await startTestServer();
  await replayInto(calm, name);
  observations = await calm.deps.store.observationsOf(key);
  watermark = await calm.deps.store.watermark(name);
  [timeline = ''] = await timelinesOf(calm, name);
  id = (await calm.deps.store.incidents({ cluster: name }))[0]!.id;
});

afterAll(() => calm.close());

/** The observations in some order, some of them more than once, cut into batches. */
const deliveries = fc.record({
  seed: fc.integer(),
  again: fc.array(fc.nat(), { maxLength: 40 }),
  cuts: fc.array(fc.nat(), { maxLength: 12 }),
});

function deliver({
  seed,
  again,
  cuts,
}: {
  seed: number;
  again: readonly number[];
  cuts: readonly number[];
}): readonly (readonly Observation[])[] {
  const chosen = [...observations, ...again.flatMap((index) => observations[index % observations.length] ?? [])];
  // Sorting by a hash with a seed is a permutation that a failing run can repeat.
  const order = (index: number) => createHash('sha256').update(`${seed}/${index}`).digest('hex');
  const shuffled = chosen
    .map((item, index) => [order(index), item] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
  const ends = [...new Set([...cuts.map((cut) => cut % shuffled.length), shuffled.length])].toSorted((a, b) => a - b);
  return ends.map((end, index) => shuffled.slice(ends[index - 1] ?? 0, end)).filter((batch) => batch.length > 0);
}

describe('an incident is a function of the set of observations', () => {
  test('any order and any repetition give the same bytes', () => {
    expect(timeline).toContain('# Timeline');
    fc.assert(
      fc.property(deliveries, (delivery) => {
        expect(timelineIncident({ key, observations: deliver(delivery).flat(), watermark }, id)?.parts).toEqual([timeline]);
      }),
      { numRuns: 25 },
    );
  });

  test('any batching over HTTP into another store gives the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async (delivery) => {
        const server = await startTestServer();
        try {
          const bearer = await createKey(server.deps, name);
          for (const batch of deliver(delivery)) await post(server, bearer, batch);
          // The heartbeats of the calm run moved its data time on; the documents need the same moment.
          await post(server, bearer, await heartbeatAt(watermark));
          await server.idle();
          expect(await timelinesOf(server, name)).toEqual([timeline]);
        } finally {
          await server.close();
        }
      }),
      { numRuns: 4 },
    );
  });

  test('two replays are the same replay', async () => {
    const other = await startTestServer();
    try {
      await replayInto(other, name);
      expect(await timelinesOf(other, name)).toEqual([timeline]);
      expect(await other.deps.store.observationsOf(key)).toEqual(observations);
    } finally {
      await other.close();
    }
  });
});

async function heartbeatAt(at: number): Promise<readonly Observation[]> {
  const time = new Date(at).toISOString();
  return [
    { kind: 'coverage', id: 'f'.repeat(64), observedAt: time, cluster: name, collector: 'test', note: 'heartbeat', from: time, to: time },
  ];
}

async function post(server: RunningServer, bearer: string, batch: readonly Observation[]): Promise<void> {
  const body = gzipSync(batch.map((item) => `${JSON.stringify(item)}\n`).join(''));
  const answer = await fetch(`${server.url}/v1/observations`, {
    method: 'POST',
    body,
    headers: {
      authorization: `Bearer ${bearer}`,
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
      'mortem-schema': 'observations/v1',
      'mortem-collector': 'test/1',
      'mortem-batch': createHash('sha256').update(body).digest('hex'),
    },
  });
  expect([answer.status, await answer.json()]).toMatchObject([202, { rejected: [] }]);
}
