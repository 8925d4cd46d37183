import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgresEngine, sqliteEngine, type Engine } from './support/engines.ts';
import { measureAccept, measureEndToEnd, type IngestRun } from './support/ingest-runs.ts';
import { toBatches, type SentBatch } from './support/batches.ts';
import { acceptFloor } from './support/floors.ts';
import { loadStories } from './support/load-stories.ts';
import { makeFleet } from './support/make-fleet.ts';
import { cpuMeter, wallMeter } from './support/meter.ts';
import { printResults, throughput, worstOf, type BenchResult } from './support/result.ts';

/**
 * `npm run bench:ingest`. `--cpu` compares by processor time, with that of the database server, where others use the machine as well;
 * `--engine sqlite` or `postgres` measures one of them.
 */
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    cpu: { type: 'boolean', default: false },
    engine: { type: 'string' },
  },
});

/** Three of the four stories fail from start to end, the fourth is a healthy rollout. */
const stories = ['s12-oom-main', 's05-crash-missing-env', 's24-seed-story', 's25-healthy-rollout-and-scale-down'];
const workloads = 200;
const observationsPerBatch = 500;
const senderCounts = [1, 8];
const rounds = 3;

const recorded = loadStories(stories);
const from = Date.parse('2026-11-22T12:00:00Z');
const batchesOf = (count: number) => toBatches(makeFleet(recorded, { workloads: count, from }), observationsPerBatch);

const engines = [
  ...(options.engine === 'postgres' ? [] : [sqliteEngine]),
  ...(options.engine === 'sqlite' ? [] : [await startPostgresEngine()]),
];
try {
  // Once with little, for the compiler to warm up.
  await measureAll(batchesOf(8));
  const batches = batchesOf(workloads);
  const measured: BenchResult[][] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await measureAll(batches));
  printResults(worstOf(measured), options.json);
} finally {
  for (const engine of engines) await engine.close();
}

async function measureAll(batches: readonly SentBatch[]): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const engine of engines) {
    for (const senders of senderCounts) results.push(...(await measure(engine, batches, senders)));
  }
  return results;
}

/** Floor and figure in turn, each in a place of its own, so that a noisy neighbour meets both sides of a ratio. */
async function measure(engine: Engine, batches: readonly SentBatch[], senders: number): Promise<BenchResult[]> {
  const meter = options.cpu ? cpuMeter(() => engine.cpuSeconds()) : wallMeter;
  const observations = batches.reduce((total, batch) => total + batch.observations, 0);
  const rate = async (run: (directory: string) => Promise<number>): Promise<number> => {
    const directory = await mkdtemp(join(tmpdir(), 'mortem-bench-'));
    const seconds = await run(directory);
    await rm(directory, { recursive: true });
    return observations / seconds;
  };
  const figure = async (run: (ingest: IngestRun) => Promise<number>): Promise<number> => {
    const databaseUrl = await engine.freshDatabase();
    return rate((directory) => run({ directory, databaseUrl, batches, senders, meter }));
  };
  const suffix = `${engine.name}.${senders}-sender${senders === 1 ? '' : 's'}`;
  const accept = {
    floor: await rate((directory) => acceptFloor({ directory, batches, senders, meter })),
    value: await figure(measureAccept),
  };
  const endToEnd = {
    floor: await rate((directory) => engine.insertFloor({ directory, batches, meter })),
    value: await figure(measureEndToEnd),
  };
  return [
    throughput(`ingest.accept.${suffix}`, 'observations/s', accept, 1 / 2),
    throughput(`ingest.end-to-end.${suffix}`, 'observations/s', endToEnd, 1 / 3),
  ];
}
