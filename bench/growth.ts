import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Observation } from '#core/wire/observation.ts';
import { startServer, type RunningServer } from '../functions/serve.ts';
import { reevaluate } from '../functions/usecases/reevaluate.ts';
import { createKey } from '../functions/usecases/create-key.ts';
import { sendAll, toBatches, type SentBatch } from './support/batches.ts';
import { sqliteInsertFloor } from './support/floors.ts';
import { wallMeter } from './support/meter.ts';
import { loadStories } from './support/load-stories.ts';
import { makeFleet } from './support/make-fleet.ts';
import { multiplyRecords } from './support/multiply-records.ts';
import { printResults, throughput, type BenchResult } from './support/result.ts';
import { strictLogger } from './support/strict-logger.ts';

/**
 * Does ingest slow down as the store fills? The same bursts, end to end, at each size, each beside its floor: gunzip, JSON.parse, zod
 * and a bare insert into an empty table. In processor time, since a machine that is shared has no other; the first size is the
 * floor of the others, as much slower or faster as theirs went. Between sizes all that is stored is copied. `--to 1e7` is 6 GB.
 */
const firstSize = 10_000;
const burstWorkloads = 28;
const bursts = 8;
const senders = 4;
const observationsPerBatch = 500;
const atLeast = 0.8;
const hourMs = 3_600_000;

const largest = Number(process.argv.at(process.argv.indexOf('--to') + 1)) || 1_000_000;
const stories = loadStories(['s12-oom-main', 's05-crash-missing-env', 's24-seed-story', 's25-healthy-rollout-and-scale-down']);
const longest = Math.max(...stories.map(({ length }) => length));

const directory = await mkdtemp(join(tmpdir(), 'mortem-bench-'));
const data = join(directory, 'data');
let stored = 0;
let nextWorkload = 0;
let from = Date.parse('2025-01-01T00:00:00Z');

interface Window {
  readonly size: number;
  /** Observations for a second of processor time. */
  readonly rate: number;
  readonly floor: number;
}

const windows: Window[] = [];
for (let size = firstSize; size < largest * 10; size *= 10) windows.push(await measureAt(Math.min(size, largest)));
await rm(directory, { recursive: true });

const [first] = windows;
const results: readonly BenchResult[] = windows.slice(1).map(({ size, rate, floor }) => {
  const expected = ((first?.rate ?? Number.NaN) * floor) / (first?.floor ?? Number.NaN);
  return throughput(`ingest.growth.at-${size}`, 'observations/CPU-s', { value: rate, floor: expected }, atLeast);
});
printResults(results, process.argv.includes('--json'));

async function measureAt(size: number): Promise<Window> {
  // All but the last of it: what filling leaves in the caches of a process that just started is not what a busy one has.
  if (stored > 0) fill(size);
  const server = await startServer({ dataDir: data, port: 0, host: '127.0.0.1', logger: strictLogger, batchesPerSecond: 0 });
  const key = await createKey(server.deps, 'bench');
  await burst(server, key, nextBatches());
  while (stored < size) await burst(server, key, nextBatches());
  await reevaluate(server.deps);
  const bytes = await server.deps.measure();
  const rounds: { readonly count: number; readonly seconds: number; readonly floorSeconds: number }[] = [];
  for (let round = 0; round < bursts; round += 1) {
    const batches = nextBatches();
    const floorSeconds = await cpuSeconds(async () =>
      sqliteInsertFloor(join(directory, `floor-${size}-${round}.db`), { batches, meter: wallMeter }),
    );
    const seconds = await cpuSeconds(() => burst(server, key, batches));
    rounds.push({ count: countOf(batches), seconds, floorSeconds });
  }
  await server.close();
  const sum = (of: 'count' | 'seconds' | 'floorSeconds'): number => rounds.reduce((total, round) => total + round[of], 0);
  const window = { size, rate: sum('count') / sum('seconds'), floor: sum('count') / sum('floorSeconds') };
  const told = rounds.map(({ seconds, floorSeconds }) => (floorSeconds / seconds).toFixed(2)).join(' ');
  process.stderr.write(
    `${bytes.observations} stored in ${(bytes.bytes / 1e6).toFixed(0)} MB: ${Math.round(window.rate)} observations for a second of CPU, of the floor ${told}\n`,
  );
  return window;
}

/** Up to a burst below the size. */
function fill(size: number): void {
  const times = Math.max(0, Math.floor(size / stored) - 1);
  if (times === 0) return;
  multiplyRecords(join(data, 'mortem.db'), times, { ms: from - Date.parse('2025-01-01T00:00:00Z'), counters: nextWorkload * longest });
  from += times * (from - Date.parse('2025-01-01T00:00:00Z'));
  nextWorkload *= times + 1;
  stored *= times + 1;
}

function nextBatches(): readonly SentBatch[] {
  const part: readonly Observation[] = makeFleet(stories, { workloads: burstWorkloads, first: nextWorkload, from });
  nextWorkload += burstWorkloads;
  from += hourMs;
  return toBatches(part, observationsPerBatch);
}

function countOf(batches: readonly SentBatch[]): number {
  return batches.reduce((total, { observations }) => total + observations, 0);
}

/** From the first request until all of it can be queried. */
async function burst(server: RunningServer, key: string, batches: readonly SentBatch[]): Promise<void> {
  await sendAll(`${server.url}/v1/observations`, key, batches, senders);
  await server.idle();
  stored += countOf(batches);
}

async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
