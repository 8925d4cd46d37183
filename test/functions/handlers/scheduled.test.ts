import { expect, test } from 'vitest';
import { leaveBatch } from '../../support/accepted-batch.ts';
import { heartbeat } from '../../support/build-cluster-observations.ts';
import { key, pod } from '../../support/build-observations.ts';
import { openHandlers } from '../../support/lambda/open-handlers.ts';
import { deliverAll } from '../../support/sqs/deliver.ts';

test('batches whose message was lost are sent again, those that are young are not', async () => {
  const { cloud, handlers } = await openHandlers();
  await leaveBatch(cloud, 'lost', [pod(1)]);
  const young = await leaveBatch(cloud, 'pending', [pod(2)]);
  await cloud.store.insertBatch({ ...young, id: 'test/young', receivedAt: Date.now() });
  // Writing the blobs told the queue; those messages are what got lost.
  for (const { receiptHandle } of cloud.observations.receive(10)) cloud.observations.delete(receiptHandle);
  await handlers.scheduled();
  expect(cloud.observations.messages.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    { batch: 'test/lost' },
    { batch: 'test/pending' },
  ]);
  await deliverAll(cloud.observations, handlers.observationsCreated);
  expect(await cloud.store.observationsOf(key)).toHaveLength(2);
  expect((await cloud.store.pendingBatches(10)).map(({ id }) => id)).toEqual(['test/young']);
});

test('workloads that a crash left unbuilt are built, and data time has its effect', async () => {
  const { cloud, handlers } = await openHandlers();
  await cloud.store.indexObservations('test', [pod(1)]);
  expect(await cloud.store.staleWorkloads(10)).toHaveLength(1);
  await handlers.scheduled();
  expect(await cloud.store.staleWorkloads(10)).toEqual([]);
  await cloud.store.indexObservations('test', [heartbeat(30)]);
  expect(await cloud.store.unsettledWorkloads()).toHaveLength(1);
  await handlers.scheduled();
  expect(await cloud.store.unsettledWorkloads()).toEqual([]);
});
