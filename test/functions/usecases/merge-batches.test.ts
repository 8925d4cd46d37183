import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { BlobStore } from '#core/ports.ts';
import type { Observation } from '#core/wire/observation.ts';
import { createCompactionStore } from '../../../db/compaction-store.ts';
import { createIncidentStore } from '../../../db/incident-store.ts';
import { createPurgeStore } from '../../../db/retention/purge-store.ts';
import { createRetentionStore } from '../../../db/retention/retention-store.ts';
import { createFileBlobStore } from '../../../functions/adapters/file-blob-store.ts';
import { parseBatch } from '../../../functions/batch/parse-batch.ts';
import { readStoredBody } from '../../../functions/batch/stored-body.ts';
import { expire } from '../../../functions/usecases/expire.ts';
import { mergeBatches } from '../../../functions/usecases/merge-batches.ts';
import { purge } from '../../../functions/usecases/purge.ts';
import { instant, log, pod } from '../../support/build-observations.ts';
import { engines, type TestDatabase } from '../../support/engines.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const day = Date.parse('2026-05-03T00:00:00Z');

async function open(openDatabase: () => Promise<TestDatabase>, count: number) {
  const database = (await openDatabase()).open();
  const directory = await temporaryDirectory();
  const deps = {
    store: createIncidentStore(database),
    compaction: createCompactionStore(database),
    purged: createPurgeStore(database),
    retained: createRetentionStore(database),
    blobs: createFileBlobStore(directory),
    clock: createManualClock('2026-05-03T12:00:00Z'),
  };
  const sent: Observation[] = [];
  for (let index = 0; index < count; index += 1) {
    const observations = [pod(index * 60), log(index * 60, `containerd://${index}`, `line ${index}\n`)];
    sent.push(...observations);
    await addBatch(deps, { name: `b${index}`, receivedAt: day + index * 60_000, observations });
  }
  return { ...deps, directory, sent };
}

async function addBatch(
  { store, blobs }: { readonly store: ReturnType<typeof createIncidentStore>; readonly blobs: BlobStore },
  { name, receivedAt, observations }: { readonly name: string; readonly receivedAt: number; readonly observations: readonly Observation[] },
): Promise<void> {
  const blobKey = `observations/test/2026/05/03/${name}.ndjson.gz`;
  // Without the end of its last line, as a sender may leave it.
  await blobs.put(blobKey, gzipSync(observations.map((observation) => JSON.stringify(observation)).join('\n')));
  const row = { id: `test/${name}`, cluster: 'test', blobKey, receivedAt, accepted: observations.length, rejected: [], collector: 'c/1' };
  await store.insertBatch({ ...row, status: 'pending' });
  await store.finishBatch(row.id, { status: 'processed' });
}

type Opened = Awaited<ReturnType<typeof open>>;

/** Every body that a row names, and every file there is. */
async function stored({ purged, blobs, directory }: Opened) {
  const rows = await purged.batchesOf('test', '', 1000);
  const observations: Observation[] = [];
  for (const row of rows) {
    const parsed = parseBatch(await readStoredBody(blobs, row)).observations;
    expect(parsed).toHaveLength(row.accepted);
    observations.push(...parsed);
  }
  const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return { rows, observations, files: files.map((entry) => join(entry.parentPath, entry.name)) };
}

/** A member whose body went before a crash still has its row; what it said is in the merged body. */
async function readable({ purged, blobs }: Opened): Promise<readonly Observation[]> {
  const observations: Observation[] = [];
  for (const row of await purged.batchesOf('test', '', 1000)) {
    const body = await readStoredBody(blobs, row).catch(() => undefined);
    if (body !== undefined) observations.push(...parseBatch(body).observations);
  }
  return observations;
}

function sorted(observations: readonly Observation[]): readonly string[] {
  return [...new Set(observations.map(({ kind, observedAt, id }) => `${kind} ${observedAt} ${id.slice(0, 8)}`))].toSorted();
}

describe.each(engines)('%s', (_engine, openDatabase) => {
  test('many small bodies of a cluster and a day become one, in which everything is', async () => {
    const opened = await open(openDatabase, 80);
    expect(await mergeBatches(opened)).toBe(80);
    const { rows, observations, files } = await stored(opened);
    expect(rows).toMatchObject([
      { cluster: 'test', accepted: 160, status: 'processed', rejected: [], collector: 'c/1', receivedAt: day + 79 * 60_000 },
    ]);
    expect(rows[0]!.blobKey).toMatch(/^merged\/test\/2026\/05\/03\/[0-9a-f]{64}\.ndjson\.br$/);
    expect(observations).toEqual(opened.sent);
    expect(files).toHaveLength(1);
    expect(await mergeBatches(opened)).toBe(0);
  });

  test('few, fresh, pending, quarantined and partly rejected ones stay as they are', async () => {
    const opened = await open(openDatabase, 63);
    expect(await mergeBatches(opened)).toBe(0);
    await addBatch(opened, { name: 'fresh', receivedAt: day + 11.5 * hourMs, observations: [pod(1)] });
    await opened.store.insertBatch({
      ...(await opened.store.batch('test/b0'))!,
      id: 'test/half',
      rejected: [{ line: 2, reason: 'x' }],
      status: 'processed',
    });
    for (const status of ['pending', 'quarantined'] as const) {
      await opened.store.insertBatch({ ...(await opened.store.batch('test/b0'))!, id: `test/${status}`, status });
    }
    expect(await mergeBatches(opened)).toBe(0);
    // The day is over: those of it that are left, and no more will come.
    opened.clock.advance(dayMs);
    expect(await mergeBatches(opened)).toBe(64);
    expect((await opened.purged.batchesOf('test', '', 1000)).map(({ id }) => id.slice(0, 9))).toEqual(
      expect.arrayContaining(['test/half', 'test/pend', 'test/quar']),
    );
  });

  test.each(['put', 'delete'] as const)('a crash at any %s leaves everything readable, and so does the next round', async (call) => {
    for (let survived = 0; ; survived += 1) {
      const opened = await open(openDatabase, 64);
      let calls = 0;
      const crashing: BlobStore = {
        ...opened.blobs,
        [call]: async (...given: [string, Uint8Array]) => {
          if (calls === survived) throw new Error('crash');
          calls += 1;
          await opened.blobs[call](...given);
        },
      };
      const finished = await mergeBatches({ ...opened, blobs: crashing }).catch(() => undefined);
      if (finished !== undefined) break;
      expect(sorted(await readable(opened))).toEqual(sorted(opened.sent));
      await mergeBatches(opened);
      expect(sorted(await readable(opened))).toEqual(sorted(opened.sent));
      if (survived > 2) break;
    }
  });

  test('a member that a purge changes meanwhile is not brought back', async () => {
    const opened = await open(openDatabase, 70);
    const scope = { cluster: 'test', namespace: 'shop', from: instant(0), until: instant(60) };
    let purgedOnce = false;
    const racing: BlobStore = {
      ...opened.blobs,
      put: async (key, body) => {
        if (!purgedOnce) {
          purgedOnce = true;
          await purge(opened, scope, { dryRun: false });
        }
        await opened.blobs.put(key, body);
      },
    };
    expect(await mergeBatches({ ...opened, blobs: racing })).toBe(0);
    const { observations, files, rows } = await stored(opened);
    expect(sorted(observations)).toEqual(sorted(opened.sent.slice(2)));
    expect(files).toHaveLength(rows.length);
  });

  test('a purge cuts a merged body', async () => {
    const opened = await open(openDatabase, 70);
    expect(await mergeBatches(opened)).toBe(70);
    const scope = { cluster: 'test', namespace: 'shop', from: instant(0), until: instant(180) };
    expect(await purge(opened, scope, { dryRun: false })).toMatchObject({ batches: 1 });
    const { observations } = await stored(opened);
    expect(sorted(observations)).toEqual(sorted(opened.sent.slice(6)));
  });

  test('a purge finds what is merged behind its back', async () => {
    const opened = await open(openDatabase, 70);
    const scope = { cluster: 'test', namespace: 'shop', from: instant(0), until: instant(180) };
    let merged = 0;
    const purged: typeof opened.purged = {
      ...opened.purged,
      async batchesOf(cluster, after, limit) {
        const page = await opened.purged.batchesOf(cluster, after, limit);
        // Between the look at the rows and the look at their bodies.
        if (merged === 0) merged = await mergeBatches(opened);
        return page;
      },
    };
    await purge({ ...opened, purged }, scope, { dryRun: false });
    expect(merged).toBe(70);
    expect(sorted((await stored(opened)).observations)).toEqual(sorted(opened.sent.slice(6)));
  });

  test('a merged body expires with the youngest of its members', async () => {
    const opened = await open(openDatabase, 70);
    await mergeBatches(opened);
    const retention = { batchesMs: 30 * dayMs, observationsMs: undefined, incidentsMs: undefined };
    opened.clock.advance(30 * dayMs - 12 * hourMs);
    expect(await expire({ ...opened, retention })).toMatchObject({ batches: 0 });
    opened.clock.advance(2 * hourMs);
    expect(await expire({ ...opened, retention })).toMatchObject({ batches: 1 });
    expect((await stored(opened)).files).toEqual([]);
  });
});
