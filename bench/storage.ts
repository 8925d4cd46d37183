import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import BetterSqlite from 'better-sqlite3';
import { Client } from 'pg';
import type { Clock } from '#core/ports.ts';
import { systemClock } from '../functions/adapters/system-clock.ts';
import { startServer } from '../functions/serve.ts';
import { createKey } from '../functions/usecases/create-key.ts';
import { runRound } from '../functions/usecases/run-round.ts';
import { sendAll, toBatches } from './support/batches.ts';
import { crashLoop } from './support/crash-loop.ts';
import { startPostgresEngine } from './support/engines.ts';
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
interface Place {
  readonly dataDir: string;
  readonly databaseUrl?: string;
}

interface Stored {
  readonly index: number;
  readonly blobs: number;
}

/** The server lives in the time of the data. */
let now = new Date('2026-05-03T00:00:00Z');
const clock: Clock = { ...systemClock, now: () => now };
const directory = await mkdtemp(join(tmpdir(), 'mortem-bench-'));

const [before, after] = await measureRestarts({ dataDir: join(directory, 'sqlite') }, measureSqlite);
const engine = await startPostgresEngine();
const databaseUrl = (await engine.freshDatabase()) ?? '';
const [pgBefore, pgAfter] = await measureRestarts({ dataDir: join(directory, 'postgres'), databaseUrl }, () =>
  measurePostgres(databaseUrl),
);
await engine.close();
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
    // Rows of PostgreSQL carry 24 bytes of their own each, and no goal was set for them.
    {
      ...ceiling('storage.index.per-restart.postgres', 'bytes', { value: (pgAfter.index - pgBefore.index) / restarts, floor }, goalBytes),
      goal: 'none',
      met: true,
    },
  ],
  process.argv.includes('--json'),
);

async function measureRestarts(place: Place, measure: (dataDir: string) => Promise<number>): Promise<readonly [Stored, Stored]> {
  const stored = async (): Promise<Stored> => ({ index: await measure(place.dataDir), blobs: await sizeOf(join(place.dataDir, 'blobs')) });
  now = new Date(all[0]?.at(-1)?.observedAt ?? now);
  await store(place, all.slice(0, warmUp));
  const first = await stored();
  await store(place, all.slice(warmUp));
  return [first, await stored()];
}

async function store(place: Place, parts: typeof all): Promise<void> {
  const server = await startServer({ ...place, port: 0, host: '127.0.0.1', logger: strictLogger, clock });
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
async function measureSqlite(dataDir: string): Promise<number> {
  const client = new BetterSqlite(join(dataDir, 'mortem.db'));
  const count = (pragma: string): number => Number(client.pragma(pragma, { simple: true }));
  const index = (count('page_count') - count('freelist_count')) * count('page_size');
  client.close();
  return index;
}

/** Without what is dead or free: autovacuum makes room for the next rows of it. */
async function measurePostgres(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('vacuum full');
  const { rows } = await client.query<{ readonly bytes: string }>(
    `select sum(pg_total_relation_size(oid)) as bytes from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  await client.end();
  return Number(rows[0]?.bytes);
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries.filter((entry) => entry.isFile()).map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((total, size) => total + size, 0);
}
