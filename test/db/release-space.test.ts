import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createCompactionStore } from '../../db/compaction-store.ts';
import { createIncidentStore } from '../../db/incident-store.ts';
import { openSqlite } from '../../db/open-sqlite.ts';
import { createPurgeStore } from '../../db/retention/purge-store.ts';
import { log, pod } from '../support/build-observations.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const tails = (name: string) =>
  Array.from({ length: 300 }, (_, index) =>
    log(index, `containerd://${name}-${index}`, `${name} ${index} `.repeat(300), { podUid: `pod-${name}-${index}` }),
  );

test('what a purge freed goes back to the disk in steps, while records come and stay', async () => {
  const path = join(await temporaryDirectory(), 'mortem.db');
  const database = openSqlite(path);
  const store = createIncidentStore(database);
  const compaction = createCompactionStore(database);
  await store.indexObservations(
    'gone',
    tails('gone').map((record) => ({ ...record, cluster: 'gone' })),
  );
  await store.indexObservations('test', [pod(1)]);
  expect(await compaction.releaseSpace()).toBe(0);
  const before = await database.sizeBytes();
  await createPurgeStore(database).purgeIndex({ cluster: 'gone' });
  expect(await database.sizeBytes()).toBe(before);

  const [released] = await Promise.all([compaction.releaseSpace(), store.indexObservations('test', [pod(2)])]);
  expect(released).toBeGreaterThan(0);
  while ((await compaction.releaseSpace()) > 0);
  expect(await database.sizeBytes()).toBeLessThan(before * 0.7);
  expect(await store.observationsAbout('test', 'pod-1')).toHaveLength(2);
  await store.close();

  const client = new BetterSqlite(path);
  expect(client.pragma('integrity_check', { simple: true })).toBe('ok');
  client.close();
});
