import { describe, expect, test } from 'vitest';
import type { ApiKey, BatchRow } from '#core/store-model.ts';
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

  describe('quarantine', () => {
    const poisoned = batch({ id: 'poisoned' });

    test('a quarantined batch is listed with its reason until it is made pending again', async () => {
      const store = await open();
      await store.insertBatch(poisoned);
      await store.insertBatch(batch({ id: 'older', receivedAt: 1 }));
      await store.insertBatch(batch({ id: 'pending' }));
      await store.finishBatch('poisoned', { status: 'quarantined', reason: 'the blob is missing' });
      await store.finishBatch('older', { status: 'quarantined', reason: 'the disk is full' });
      expect((await store.quarantinedBatches(10)).map(({ id, reason }) => [id, reason])).toEqual([
        ['older', 'the disk is full'],
        ['poisoned', 'the blob is missing'],
      ]);
      expect(await store.quarantinedBatches(1)).toHaveLength(1);

      await store.requeueBatch('poisoned');
      expect(await store.batch('poisoned')).toEqual(poisoned);
      expect((await store.quarantinedBatches(10)).map(({ id }) => id)).toEqual(['older']);
    });

    test('what another processor finished is neither set aside nor done again', async () => {
      const store = await open();
      await store.insertBatch(poisoned);
      await store.finishBatch('poisoned', { status: 'processed' });
      await store.finishBatch('poisoned', { status: 'quarantined', reason: 'too late' });
      await store.requeueBatch('poisoned');
      expect(await store.batch('poisoned')).toEqual({ ...poisoned, status: 'processed' });
    });
  });

  describe('keys', () => {
    const first: ApiKey = { keyHash: 'hash-1', cluster: 'test', scopes: ['write'], createdAt: 2 };

    test('a key is known by its hash, and the first row of a hash stays', async () => {
      const store = await open();
      await store.addKey(first);
      await store.addKey({ ...first, cluster: 'other' });
      expect(await store.apiKey('hash-1')).toEqual(first);
      expect(await store.apiKey('hash-2')).toBeUndefined();
    });

    test('all keys, oldest first; of two revocations the first counts', async () => {
      const store = await open();
      const older: ApiKey = { keyHash: 'hash-0', cluster: '*', scopes: ['read'], createdAt: 1 };
      await store.addKey(first);
      await store.addKey(older);
      await store.revokeKey('hash-1', 10);
      await store.revokeKey('hash-1', 20);
      expect(await store.apiKeys()).toEqual([older, { ...first, revokedAt: 10 }]);
      expect(await store.apiKey('hash-1')).toEqual({ ...first, revokedAt: 10 });
    });
  });
}
