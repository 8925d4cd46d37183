import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type RunningServer } from '../functions/serve.ts';
import { reevaluate } from '../functions/usecases/reevaluate.ts';
import { createKey } from '../functions/usecases/create-key.ts';
import { sendAll, toBatches, type SentBatch } from './support/batches.ts';
import { fleetDir, fleetFile, hasFleet } from './support/fleet/fleet-dir.ts';
import { sqliteInsertFloor } from './support/floors.ts';
import { loadStories } from './support/load-stories.ts';
import { cpuMeter } from './support/meter.ts';
import { makeFleet } from './support/make-fleet.ts';
import { multiplyRecords } from './support/multiply-records.ts';
import { printResults, throughput, type BenchResult } from './support/result.ts';
import { strictLogger } from './support/strict-logger.ts';

/**
 * Does ingest slow down as the store fills? A store of each size, and the same bursts into each in turn, end to end: a noisy neighbour
 * meets all of them. In processor time, since a machine that is shared has no other; the smallest store is the floor of the others.
 * The first is filled by ingest, each other by copying all that the one before holds. `--to 1e7` is 8 GB; `--fleet` measures in a copy
 * of what `npm run bench:fleet` wrote as well: 10⁷ observations and 10⁶ deaths, 4 GB.
 */
const firstSize = 10_000;
const burstWorkloads = 28;
const rounds = 12;
const senders = 4;
const observationsPerBatch = 500;
const atLeast = 0.8;
const hourMs = 3_600_000;
const start = Date.parse('2025-01-01T00:00:00Z');
const meter = cpuMeter(() => 0);

const largest = Number(process.argv.at(process.argv.indexOf('--to') + 1)) || 1_000_000;
const stories = loadStories(['s12-oom-main', 's05-crash-missing-env', 's24-seed-story', 's25-healthy-rollout-and-scale-down']);
const longest = Math.max(...stories.map(({ length }) => length));
const directory = await mkdtemp(join(tmpdir(), 'mortem-bench-'));
let nextWorkload = 0;
let from = start;

interface Store {
  readonly size: number;
  readonly server: RunningServer;
  readonly key: string;
  cpuSeconds: number;
}

const stores = await openAll(await fillAll());
let floorSeconds = 0;
let count = 0;
for (let round = 0; round < rounds; round += 1) {
  const batches = nextBatches();
  count += batches.reduce((total, { observations }) => total + observations, 0);
  floorSeconds += sqliteInsertFloor(join(directory, `floor-${round}.db`), { batches, meter });
  for (const store of stores) {
    const before = meter();
    await burst(store, batches);
    store.cpuSeconds += meter() - before;
  }
}
const [smallest] = stores;
const results: readonly BenchResult[] = stores.slice(1).map(({ size, cpuSeconds }) => {
  const rates = { value: count / cpuSeconds, floor: count / (smallest?.cpuSeconds ?? Number.NaN) };
  return throughput(`ingest.growth.at-${size}`, 'observations/CPU-s', rates, atLeast);
});
for (const { size, cpuSeconds } of stores) {
  process.stderr.write(
    `${size} stored: ${Math.round(count / cpuSeconds)} a second of CPU, ${(floorSeconds / cpuSeconds).toFixed(3)} of a bare insert\n`,
  );
}
for (const { server } of stores) await server.close();
await rm(directory, { recursive: true });
printResults(results, process.argv.includes('--json'));

/** The folders of the stores, by size. */
async function fillAll(): Promise<ReadonlyMap<number, string>> {
  const folders = new Map([[firstSize, join(directory, String(firstSize))]]);
  let stored = await ingest(folders.get(firstSize) ?? directory, firstSize);
  for (let size = firstSize * 10; size < largest * 10; size *= 10) {
    const goal = Math.min(size, largest);
    const folder = await copyOf(join(directory, String(size / 10), 'mortem.db'), String(size));
    const times = Math.max(1, Math.round(goal / stored)) - 1;
    multiplyRecords(join(folder, 'mortem.db'), times, { ms: from - start, counters: nextWorkload * longest });
    from += times * (from - start);
    nextWorkload *= times + 1;
    stored *= times + 1;
    folders.set(goal, folder);
    process.stderr.write(`${stored} observations are stored\n`);
  }
  if (process.argv.includes('--fleet')) {
    if (!hasFleet('sqlite')) throw new Error('there is no fleet: run npm run bench:fleet first, or set MORTEM_FLEET_DIR');
    const { observations }: { readonly observations: number } = JSON.parse(await readFile(fleetFile('sqlite'), 'utf8'));
    folders.set(observations, await copyOf(join(fleetDir, 'mortem.db'), 'fleet'));
  }
  return folders;
}

/** @returns how many were stored */
async function ingest(dataDir: string, size: number): Promise<number> {
  const store = await open(size, dataDir);
  let stored = 0;
  while (stored < size) {
    const batches = nextBatches();
    await burst(store, batches);
    stored += batches.reduce((total, { observations }) => total + observations, 0);
  }
  await reevaluate(store.server.deps);
  const { bytes } = await store.server.deps.measure();
  process.stderr.write(`${stored} observations are stored, ${Math.round(bytes / stored)} bytes each\n`);
  await store.server.close();
  return stored;
}

async function copyOf(database: string, name: string): Promise<string> {
  const folder = join(directory, name);
  await mkdir(folder);
  await copyFile(database, join(folder, 'mortem.db'));
  return folder;
}

async function openAll(folders: ReadonlyMap<number, string>): Promise<readonly Store[]> {
  const opened: Store[] = [];
  for (const [size, folder] of folders) opened.push(await open(size, folder));
  // Not the first: what a process does once is not what it does each time.
  const batches = nextBatches();
  for (const store of opened) await burst(store, batches);
  return opened;
}

async function open(size: number, dataDir: string): Promise<Store> {
  const server = await startServer({ dataDir, port: 0, host: '127.0.0.1', logger: strictLogger, batchesPerSecond: 0 });
  return { size, server, key: await createKey(server.deps, 'bench'), cpuSeconds: 0 };
}

function nextBatches(): readonly SentBatch[] {
  const part = makeFleet(stories, { workloads: burstWorkloads, first: nextWorkload, from });
  nextWorkload += burstWorkloads;
  from += hourMs;
  return toBatches(part, observationsPerBatch);
}

/** From the first request until all of it can be queried. */
async function burst({ server, key }: Store, batches: readonly SentBatch[]): Promise<void> {
  await sendAll(`${server.url}/v1/observations`, key, batches, senders);
  await server.idle();
}
