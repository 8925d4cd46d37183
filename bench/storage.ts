import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import BetterSqlite from 'better-sqlite3';
import type { Clock } from '#core/ports.ts';
import { systemClock } from '../functions/adapters/system-clock.ts';
import { startServer } from '../functions/serve.ts';
import { createKey } from '../functions/usecases/create-key.ts';
import { runRound } from '../functions/usecases/run-round.ts';
import { sendAll, toBatches } from './support/batches.ts';
import { crashLoop } from './support/crash-loop.ts';
import { loadStories } from './support/load-stories.ts';
import { ceiling, printResults } from './support/result.ts';
import { strictLogger } from './support/strict-logger.ts';

/**
 * What one more restart of a crash loop costs on the disk, once a hundred came before: one state, one event, 200 log lines, each
 * restart in a batch of its own. The schedule runs after each hour of data, as it would; nothing is measured that it does not do.
 */
const restartsPerHour = 12;
const warmUp = 9 * restartsPerHour;
/** A whole day, so that as much waits to be made smaller at the end as at the beginning. */
const restarts = 24 * restartsPerHour;
const goalBytes = 2048;

const [story = []] = loadStories(['s05-crash-missing-env']);
const all = crashLoop(story, warmUp + restarts, Date.parse('2026-05-03T00:00:00Z'));
/** The server lives in the time of the data. */
let now = new Date('2026-05-03T00:00:00Z');
const clock: Clock = { ...systemClock, now: () => now };
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
    ceiling(
      'storage.both.per-restart',
      'bytes',
      { value: (after.index + after.blobs - before.index - before.blobs) / restarts, floor },
      goalBytes,
    ),
  ],
  process.argv.includes('--json'),
);

async function store(parts: typeof all): Promise<void> {
  const server = await startServer({ dataDir: data, port: 0, host: '127.0.0.1', logger: strictLogger, clock });
  const key = await createKey(server.deps, 'bench');
  for (const [index, part] of parts.entries()) {
    now = new Date(part.at(-1)?.observedAt ?? now);
    await sendAll(`${server.url}/v1/observations`, key, toBatches(part, part.length), 1);
    if ((index + 1) % restartsPerHour !== 0) continue;
    await server.idle();
    await runRound(server.deps);
  }
  await server.close();
}

/** Pages that hold something: free ones are used again, and given back by the schedule. */
async function measure(): Promise<{ readonly index: number; readonly blobs: number }> {
  const client = new BetterSqlite(join(data, 'mortem.db'));
  const count = (pragma: string): number => Number(client.pragma(pragma, { simple: true }));
  const index = (count('page_count') - count('freelist_count')) * count('page_size');
  client.close();
  return { index, blobs: await sizeOf(join(data, 'blobs')) };
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries.filter((entry) => entry.isFile()).map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((total, size) => total + size, 0);
}
