import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeBatch } from '../../../functions/batch/encode-batch.ts';
import { indexBatches, type IndexDeps } from '../../../functions/usecases/index-batches.ts';
import { leaveBatch } from '../../support/accepted-batch.ts';
import { key, pod } from '../../support/build-observations.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { openStorage } from '../../support/open-storage.ts';

async function open() {
  const storage = await openStorage();
  const deps: IndexDeps = { ...storage, takeAccepted: () => undefined, clock: createManualClock() };
  return { ...storage, deps };
}

test('indexes every batch once and finishes it', async () => {
  const { deps, store, blobs } = await open();
  const first = await leaveBatch({ store, blobs }, 'a', [pod(1)]);
  const second = await leaveBatch({ store, blobs }, 'b', [pod(2), pod(3)]);
  expect(await indexBatches(deps, [first.id, second.id])).toEqual({ failed: [], touched: [{ ...key, version: 2 }] });
  expect(await store.observationsOf(key)).toHaveLength(3);
  expect(await store.pendingBatches(10)).toEqual([]);
  expect(await indexBatches(deps, [first.id, 'test/unknown'])).toEqual({ failed: [], touched: [] });
});

test('a batch that fails is named with its reason, stays pending, and harms no other', async () => {
  const { deps, dataDir, store, blobs } = await open();
  const good = await leaveBatch({ store, blobs }, 'good', [pod(1)]);
  const missing = await leaveBatch({ store, blobs }, 'missing', [pod(2)]);
  const torn = await leaveBatch({ store, blobs }, 'torn', [pod(3)]);
  const short = await leaveBatch({ store, blobs }, 'short', [pod(4), pod(5)]);
  await blobs.delete(missing.blobKey);
  await writeFile(join(dataDir, 'blobs', torn.blobKey), 'not gzip');
  await writeFile(join(dataDir, 'blobs', short.blobKey), await encodeBatch([pod(4)]));

  const { failed, touched } = await indexBatches(deps, [missing.id, torn.id, short.id, good.id]);
  expect(failed).toEqual([
    { id: 'test/missing', reason: `There is no blob ${missing.blobKey}.` },
    { id: 'test/torn', reason: 'The body is not gzip. Send NDJSON, compressed with gzip.' },
    { id: 'test/short', reason: 'The blob holds 1 of the 2 observations that were accepted.' },
  ]);
  expect(touched).toEqual([{ ...key, version: 1 }]);
  expect((await store.pendingBatches(10)).map(({ id }) => id).toSorted()).toEqual(['test/missing', 'test/short', 'test/torn']);
});

test('what the same process accepted is not read back', async () => {
  const { deps, store, blobs } = await open();
  const observations = [pod(1)];
  const batch = await leaveBatch({ store, blobs }, 'a', observations);
  await blobs.delete(batch.blobKey);
  expect((await indexBatches({ ...deps, takeAccepted: () => observations }, [batch.id])).failed).toEqual([]);
  expect(await store.observationsOf(key)).toEqual(observations);
});

test('a batch of which no line was valid needs no blob', async () => {
  const { deps, store, blobs } = await open();
  const batch = await leaveBatch({ store, blobs }, 'a', []);
  expect((await indexBatches(deps, [batch.id])).failed).toEqual([]);
  expect((await store.batch(batch.id))?.status).toBe('processed');
});

test('two processors on the same batch count nothing twice', async () => {
  const { deps, store, blobs } = await open();
  const batch = await leaveBatch({ store, blobs }, 'a', [pod(1), pod(2)]);
  const outcomes = await Promise.all([indexBatches(deps, [batch.id]), indexBatches(deps, [batch.id])]);
  expect(outcomes.flatMap(({ failed }) => failed)).toEqual([]);
  expect(outcomes.flatMap(({ touched }) => touched)).toEqual([{ ...key, version: 1 }]);
  expect(await store.observationsOf(key)).toHaveLength(2);
});
