import { describe, expect, test } from 'vitest';
import type { BatchRow } from '#core/store-model.ts';
import type { OpenStore } from '../incident-store.suite.ts';

function batch(fields: Partial<BatchRow> = {}): BatchRow {
  return {
    id: `test/${'a'.repeat(64)}`,
    cluster: 'test',
    blobKey: 'observations/test/2026/05/03/a.ndjson.gz',
    receivedAt: 1000,
    accepted: 2,
    rejected: [{ line: 3, reason: 'line is not valid JSON' }],
    collector: 'mortem-collector/0.1.0',
    status: 'pending',
    ...fields,
  };
}

export function describeBatches(open: OpenStore): void {
  describe('batches', () => {
    test('a batch is stored once, whatever a repeat says', async () => {
      const store = await open();
      expect(await store.insertBatch(batch())).toBe('inserted');
      expect(await store.insertBatch(batch({ accepted: 99 }))).toBe('duplicate');
      expect(await store.batch(batch().id)).toEqual(batch());
      expect(await store.batch('test/unknown')).toBeUndefined();
    });

    test('pending batches come back oldest first, without those that are finished', async () => {
      const store = await open();
      const receivedAt = { late: 300, early: 100, processed: 50, poisoned: 60 };
      for (const [id, time] of Object.entries(receivedAt)) await store.insertBatch(batch({ id, receivedAt: time }));
      await store.finishBatch('processed', { status: 'processed' });
      await store.finishBatch('poisoned', { status: 'quarantined', reason: 'the blob is missing' });

      expect((await store.pendingBatches(10)).map(({ id }) => id)).toEqual(['early', 'late']);
      expect((await store.pendingBatches(1)).map(({ id }) => id)).toEqual(['early']);
      expect(await store.batch('poisoned')).toEqual(
        batch({ id: 'poisoned', receivedAt: 60, status: 'quarantined', reason: 'the blob is missing' }),
      );
      expect((await store.batch('processed'))?.status).toBe('processed');
    });
  });

  describe('keys', () => {
    test('a key is known by its hash', async () => {
      const store = await open();
      await store.addKey('hash-1', 'test');
      await store.addKey('hash-1', 'other');
      expect(await store.clusterOfKey('hash-1')).toBe('test');
      expect(await store.clusterOfKey('hash-2')).toBeUndefined();
    });
  });
}
