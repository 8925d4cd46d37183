import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createIncidentStore } from '../../db/incident-store.ts';
import { openSqlite } from '../../db/open-sqlite.ts';
import { createFileBlobStore } from '../../functions/adapters/file-blob-store.ts';
import { leaveBatch } from '../support/accepted-batch.ts';
import { pod } from '../support/build-observations.ts';
import { runMortem } from '../support/run-mortem.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

test('what was set aside is listed with its reason, and pending again', async () => {
  const data = await temporaryDirectory();
  const open = () => createIncidentStore(openSqlite(join(data, 'mortem.db')));
  const store = open();
  const row = await leaveBatch({ store, blobs: createFileBlobStore(join(data, 'blobs')) }, 'a'.repeat(64), [pod(1)]);
  await store.finishBatch(row.id, { status: 'quarantined', reason: 'the disk is full' });
  await store.close();

  const listed = await runMortem(['redrive', '--dry-run', '-o', 'json', '--data', data]);
  expect(listed).toMatchObject({ code: 0, stderr: '1 batches are set aside; nothing was changed.\n' });
  const item = {
    batch: 'a'.repeat(64),
    cluster: 'test',
    receivedAt: '1970-01-01T00:00:01.000Z',
    observations: 1,
    reason: 'the disk is full',
  };
  expect(JSON.parse(listed.stdout)).toEqual({ apiVersion: 'mortem.dev/v1', kind: 'QuarantinedBatchList', items: [item] });

  const redriven = await runMortem(['redrive', '--data', data]);
  expect(redriven.stdout).toContain('aaaaaaaaaaaa   test      1970-01-01T00:00:01.000Z   1              the disk is full');
  expect(redriven).toMatchObject({ code: 0, stderr: '1 batches are to be processed again.\n' });
  expect((await runMortem(['redrive', '--data', data])).stderr).toBe('0 batches are to be processed again.\n');
  const after = open();
  expect((await after.batch(row.id))?.status).toBe('pending');
  await after.close();
});
