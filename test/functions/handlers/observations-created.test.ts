import { describe, expect, test } from 'vitest';
import { leaveBatch } from '../../support/accepted-batch.ts';
import { key, pod } from '../../support/build-observations.ts';
import { eventOfRequest } from '../../support/lambda/http-event.ts';
import { openHandlers } from '../../support/lambda/open-handlers.ts';
import { observationsRequest } from '../../support/send-batch.ts';
import { deliverAll, duplicateAndShuffle, sqsEvent } from '../../support/sqs/deliver.ts';

async function open() {
  const { cloud, handlers } = await openHandlers();
  const bearer = await cloud.keyOf('test');
  return {
    cloud,
    handlers,
    send: (...seconds: number[]) =>
      handlers.http(
        eventOfRequest(
          'HTTP API',
          '/v1/observations',
          observationsRequest(
            bearer,
            seconds.map((at) => pod(at)),
          ),
        ),
      ),
    deliver: () => deliverAll(cloud.observations, handlers.observationsCreated),
  };
}

test('what was accepted is processed, also when every message comes twice and in no order', async () => {
  const { cloud, send, deliver } = await open();
  for (const seconds of [[1, 2], [3], [4, 5, 6]]) await send(...seconds);
  duplicateAndShuffle(cloud.observations, 'one');
  expect(cloud.observations.messages).toHaveLength(6);
  await deliver();
  expect(await cloud.store.observationsOf(key)).toHaveLength(6);
  expect(await cloud.store.pendingBatches(10)).toEqual([]);
  expect(await cloud.store.staleWorkloads(10)).toEqual([]);
  expect(cloud.observations.messages).toEqual([]);
});

test('a batch that fails is named, and harms none beside it', async () => {
  const { cloud, handlers, send } = await open();
  await send(1);
  await send(2);
  const [lost = ''] = cloud.s3.keys();
  await cloud.blobs.delete(lost);
  const received = cloud.observations.receive(10);
  const bad = received.find(({ body }) => body.includes(lost));
  expect(await handlers.observationsCreated(sqsEvent(received))).toEqual({ batchItemFailures: [{ itemIdentifier: bad?.messageId }] });
  expect((await cloud.store.pendingBatches(10)).map(({ blobKey }) => blobKey)).toEqual([lost]);
});

describe('poison', () => {
  test('a batch that failed five times is set aside with its reason, on the queue and in the batch table', async () => {
    const { cloud, send, deliver } = await open();
    await send(1);
    await cloud.blobs.delete(cloud.s3.keys()[0]!);
    await deliver();
    expect(cloud.observations.messages).toEqual([]);
    const [quarantined] = await cloud.store.quarantinedBatches(10);
    expect(quarantined?.reason).toBe(`There is no blob ${quarantined?.blobKey}.`);
    expect(cloud.deadLetters.messages.map(({ attributes }) => attributes['reason']?.StringValue)).toEqual([quarantined?.reason]);
  });

  test('a message that cannot be read is set aside at once, as it came', async () => {
    const { cloud, deliver } = await open();
    cloud.observations.send('{"who":"knows"}');
    await deliver();
    expect(cloud.deadLetters.messages.map(({ body, attributes }) => [body, attributes['reason']?.StringValue])).toEqual([
      ['{"who":"knows"}', 'The message is neither a notification of S3 nor a batch of mortem.'],
    ]);
  });

  test('when the dead letters cannot be written, the queue itself keeps the message and sets it aside in the end', async () => {
    const { cloud, deliver } = await open();
    cloud.observations.send('{"who":"knows"}');
    cloud.sqs.refuseWith = 500;
    await deliver();
    expect(cloud.observations.messages).toEqual([]);
    expect(cloud.deadLetters.messages.map(({ body }) => body)).toEqual(['{"who":"knows"}']);
  });

  test('a bucket that cannot be reached poisons nothing', async () => {
    const { cloud, handlers, send } = await open();
    await send(1);
    cloud.s3.fail('slow-down', 'GET', 4);
    const received = cloud.observations.receive(10).map((message) => ({ ...message, receiveCount: 19 }));
    expect((await handlers.observationsCreated(sqsEvent(received))).batchItemFailures).toHaveLength(1);
    expect(await cloud.store.quarantinedBatches(10)).toEqual([]);
    expect(cloud.deadLetters.messages).toEqual([]);
  });
});

test('a notification that comes before its row is no fault: the schedule finds the row', async () => {
  const { cloud, handlers, deliver } = await open();
  cloud.observations.send(JSON.stringify({ batch: 'test/late' }));
  await deliver();
  expect(cloud.deadLetters.messages).toEqual([]);
  await leaveBatch(cloud, 'late', [pod(1)]);
  await handlers.scheduled();
  await deliver();
  expect((await cloud.store.batch('test/late'))?.status).toBe('processed');
});
