import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../functions/serve.ts';
import { rebuildWorkloads } from '../functions/usecases/rebuild-workloads.ts';
import { reevaluate } from '../functions/usecases/reevaluate.ts';
import { createKey } from '../functions/usecases/create-key.ts';
import { sendAll, toBatches } from './support/batches.ts';
import { loadStories } from './support/load-stories.ts';
import { makeFleet } from './support/make-fleet.ts';
import { printResults, throughput, type BenchResult } from './support/result.ts';
import { strictLogger } from './support/strict-logger.ts';

/**
 * Does ingest slow down as the store fills? The same burst, end to end, at each size; the first size is the floor of the
 * others. `--to 1e7` takes an hour, the default minutes.
 */
const firstSize = 10_000;
const burstWorkloads = 70;
const fillWorkloads = 70;
const senders = 4;
const observationsPerBatch = 500;
const atLeast = 0.8;
const everything = 1_000_000;

const largest = Number(process.argv.at(process.argv.indexOf('--to') + 1)) || 300_000;
const stories = loadStories(['s12-oom-main', 's05-crash-missing-env', 's24-seed-story', 's25-healthy-rollout-and-scale-down']);
const hourMs = 3_600_000;

const directory = await mkdtemp(join(tmpdir(), 'mortem-bench-'));
const server = await startServer({ dataDir: directory, port: 0, host: '127.0.0.1', logger: strictLogger });
const key = await createKey(server.deps, 'bench');
let stored = 0;
let nextWorkload = 0;
let from = Date.parse('2025-11-22T12:00:00Z');

await burst();
const rates: { readonly size: number; readonly rate: number }[] = [];
for (let size = firstSize; size < largest * 10; size *= 10) {
  const goal = Math.min(size, largest);
  while (stored < goal) await fill();
  rates.push({ size: goal, rate: await burst() });
  process.stderr.write(`${goal} stored: ${Math.round(rates.at(-1)?.rate ?? 0)} observations/s\n`);
}
await server.close();
await rm(directory, { recursive: true });

const floor = rates[0]?.rate ?? Number.NaN;
const results: readonly BenchResult[] = rates
  .slice(1)
  .map(({ size, rate }) => throughput(`ingest.growth.at-${size}`, 'observations/s', { value: rate, floor }, atLeast));
printResults(results, process.argv.includes('--json'));

function nextPart(workloads: number) {
  const part = makeFleet(stories, { workloads, first: nextWorkload, from });
  nextWorkload += workloads;
  from += hourMs;
  return part;
}

/** Into the index without HTTP, as quickly as can be; incidents are built as they always are. */
async function fill(): Promise<void> {
  const part = nextPart(fillWorkloads);
  for (let at = 0; at < part.length; at += observationsPerBatch) {
    await server.deps.store.indexObservations('bench', part.slice(at, at + observationsPerBatch));
  }
  stored += part.length;
}

/** @returns observations a second, from the first request until all of it can be queried */
async function burst(): Promise<number> {
  // What filling left to build is not the burst's.
  await rebuildWorkloads(server.deps, await server.deps.store.staleWorkloads(everything));
  await reevaluate(server.deps);
  const part = nextPart(burstWorkloads);
  const batches = toBatches(part, observationsPerBatch);
  const start = performance.now();
  await sendAll(`${server.url}/v1/observations`, key, batches, senders);
  await server.idle();
  stored += part.length;
  return part.length / ((performance.now() - start) / 1000);
}
