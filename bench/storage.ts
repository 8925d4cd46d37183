import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import BetterSqlite from 'better-sqlite3';
import { startServer } from '../functions/serve.ts';
import { createKey } from '../functions/usecases/create-key.ts';
import { sendAll, toBatches } from './support/batches.ts';
import { crashLoop } from './support/crash-loop.ts';
import { loadStories } from './support/load-stories.ts';
import { ceiling, printResults } from './support/result.ts';

/** What one more restart of a crash loop costs on the disk: one state, one event, 200 log lines, each restart in a batch of its own. */
const warmUp = 20;
const restarts = 100;
const goalBytes = 2048;

const [story = []] = loadStories(['s05-crash-missing-env']);
const all = crashLoop(story, warmUp + restarts, Date.parse('2026-11-22T12:00:00Z'));
const directory = await mkdtemp(join(tmpdir(), 'mortem-bench-'));
const data = join(directory, 'data');

await store(all.slice(0, warmUp));
const before = await measure();
await store(all.slice(warmUp));
const after = await measure();
await rm(directory, { recursive: true });

// What all of it is worth when nothing has to be found again: one compressed stream.
const stream = gzipSync(
  all
    .slice(warmUp)
    .flat()
    .map((item) => JSON.stringify(item))
    .join('\n'),
  { level: 9 },
);
const floor = stream.length / restarts;
printResults(
  [
    ceiling('storage.index.per-restart', 'bytes', { value: (after.index - before.index) / restarts, floor }, goalBytes),
    ceiling('storage.blob.per-restart', 'bytes', { value: (after.blobs - before.blobs) / restarts, floor }, goalBytes),
  ],
  process.argv.includes('--json'),
);

async function store(parts: typeof all): Promise<void> {
  const server = await startServer({ dataDir: data, port: 0, host: '127.0.0.1' });
  const key = await createKey(server.deps, 'bench');
  for (const part of parts) await sendAll(`${server.url}/v1/observations`, key, toBatches(part, part.length), 1);
  await server.idle();
  await server.close();
}

/** After a checkpoint and a vacuum: what is left is what is kept. */
async function measure(): Promise<{ readonly index: number; readonly blobs: number }> {
  const path = join(data, 'mortem.db');
  const client = new BetterSqlite(path);
  client.exec('vacuum');
  client.pragma('wal_checkpoint(truncate)');
  client.close();
  return { index: (await stat(path)).size, blobs: await sizeOf(join(data, 'blobs')) };
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries.filter((entry) => entry.isFile()).map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((total, size) => total + size, 0);
}
