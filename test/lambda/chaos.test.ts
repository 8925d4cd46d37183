import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { expect, onTestFinished, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import { documentsAt } from '../support/documents-at.ts';
import { openDoor } from '../support/lambda/http-door.ts';
import { openCloud, type Cloud } from '../support/lambda/open-cloud.ts';
import { startFunction } from '../support/lambda/start-function.ts';
import { startUnreliable, type UnreliableFunction } from '../support/lambda/unreliable-function.ts';
import { replayInto, startTestServer } from '../support/replayed.ts';
import { batchRequest, ndjson } from '../support/send-batch.ts';
import type { FaultKind } from '../support/s3/faults.ts';
import { deliverAll, duplicateAndShuffle } from '../support/sqs/deliver.ts';

const story = 's24-seed-story';
const workload = { cluster: story, namespace: story, kind: 'Deployment', name: 'payments-api' };
const observationsPerBatch = 4;

/** What goes wrong when is decided by this; at which instruction a kill meets, by real time. */
const seed = process.env['MORTEM_SEED'] ?? 'chaos';

function createDice(name: string): (sides: number) => number {
  let throws = 0;
  return (sides) => {
    throws += 1;
    return createHash('sha256').update(`${seed}/${name}/${throws}`).digest().readUInt32BE() % sides;
  };
}

interface Calm {
  readonly documents: Readonly<Record<string, string>>;
  readonly observations: readonly Observation[];
  readonly watermark: number;
}

async function calmRun(): Promise<Calm> {
  const server = await startTestServer();
  await replayInto(server, story);
  const documents = await documentsAt(server.url, server.deps.issueSessionKey(story), story);
  const observations = await server.deps.store.observationsOf(workload);
  const watermark = await server.deps.store.watermark(story);
  await server.close();
  return { documents, observations, watermark };
}

function heartbeatAt(watermark: number): Observation {
  const time = new Date(watermark).toISOString();
  return {
    kind: 'coverage',
    id: 'f'.repeat(64),
    observedAt: time,
    cluster: story,
    collector: 'test',
    note: 'heartbeat',
    from: time,
    to: time,
  };
}

/** A store gives records in an order of its own. */
function byId(observations: readonly Observation[]): readonly Observation[] {
  return observations.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function cut(observations: readonly Observation[]): readonly (readonly Observation[])[] {
  const count = Math.ceil(observations.length / observationsPerBatch);
  return Array.from({ length: count }, (_, index) => observations.slice(index * observationsPerBatch, (index + 1) * observationsPerBatch));
}

/** As a collector does: what was not acknowledged is sent again. */
async function sendUntilAccepted(url: string, key: string, batch: readonly Observation[]): Promise<void> {
  const request = batchRequest(key, gzipSync(ndjson(batch)));
  for (let tries = 0; tries < 20; tries += 1) {
    const { status } = await fetch(`${url}/v1/observations`, request);
    if (status === 202) return;
    expect(status).toBeGreaterThanOrEqual(500);
  }
  throw new Error('A batch was never accepted.');
}

/** Two processors at once on the same queue: the copies of a message are worked on side by side. */
async function processWith(cloud: Cloud, processors: readonly UnreliableFunction[]): Promise<void> {
  const handler = (processor: UnreliableFunction) => async (event: SQSEvent) => {
    const outcome = await processor.invoke(event);
    if (outcome.kind === 'failed') throw new Error('killed');
    return outcome.payload as SQSBatchResponse;
  };
  await Promise.all(processors.map((processor) => deliverAll(cloud.observations, handler(processor))));
  // What one of them released after the other had gone home.
  await deliverAll(cloud.observations, handler(processors[0]!));
}

test('instances killed at any moment, S3 on a bad day, every message twice to two processors: the documents of the calm run', async () => {
  const calm = await calmRun();
  const cloud = await openCloud();
  onTestFinished(() => cloud.close());
  const dice = createDice('kills');
  // A first event takes a second on a slow machine, a later one some milliseconds: kills meet both.
  const often = { maxKills: 4, nextKill: () => (dice(2) === 0 ? dice(dice(2) === 0 ? 40 : 1500) : undefined) };
  const http = await startUnreliable('http', cloud.env, often);
  onTestFinished(() => http.close());
  const door = await openDoor('HTTP API', () => http);
  onTestFinished(() => door.close());

  const key = await cloud.keyOf(story);
  const onWrites: readonly FaultKind[] = ['conflict', 'slow-down', 'lost-answer', 'reset'];
  for (const batch of [...cut(calm.observations), [heartbeatAt(calm.watermark)]]) {
    if (dice(2) === 0) cloud.s3.fail(onWrites[dice(onWrites.length)]!, 'PUT');
    await sendUntilAccepted(door.url, key, batch);
  }
  expect(http.kills()).toBeGreaterThan(0);

  duplicateAndShuffle(cloud.observations, seed);
  const onReads: readonly FaultKind[] = ['slow-down', 'truncated', 'corrupted', 'reset'];
  for (let count = 0; count < 12; count += 1) cloud.s3.fail(onReads[dice(onReads.length)]!, 'GET');
  const processors = [
    await startUnreliable('observations-created', cloud.env, often),
    await startUnreliable('observations-created', cloud.env, often),
  ];
  for (const processor of processors) onTestFinished(() => processor.close());
  await processWith(cloud, processors);
  expect(processors.reduce((sum, processor) => sum + processor.kills(), 0)).toBeGreaterThan(0);

  const scheduled = await startFunction('scheduled', cloud.env);
  onTestFinished(() => scheduled.kill());
  await scheduled.call({});
  const quiet = await startFunction('http', cloud.env);
  onTestFinished(() => quiet.kill());
  const quietDoor = await openDoor('HTTP API', () => quiet);
  onTestFinished(() => quietDoor.close());
  expect(byId(await cloud.store.observationsOf(workload))).toEqual(byId(calm.observations));
  expect(await documentsAt(quietDoor.url, key, story)).toEqual(calm.documents);
  expect(await cloud.store.pendingBatches(10)).toEqual([]);
  expect(await cloud.store.quarantinedBatches(10)).toEqual([]);
  expect(cloud.deadLetters.messages).toEqual([]);
});
