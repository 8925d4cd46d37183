import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose } from '../functions/compose.ts';
import { startPostgresEngine } from './support/engines.ts';
import { loadStories } from './support/load-stories.ts';
import { makeFleet } from './support/make-fleet.ts';
import { leaveBatches } from './support/processors/leave-batches.ts';
import { runProcessor, type ProcessorReport, type ProcessorTask } from './support/processors/run-processor.ts';
import { printResults, throughput, type BenchResult } from './support/result.ts';
import { strictLogger as logger } from './support/strict-logger.ts';

/**
 * Several processors on one PostgreSQL: batches of eight clusters, dealt out as a queue does, from the blob until every incident is
 * saved. The floor of more processors is one. A processor of its own process, on the machine of the database.
 */
const clusters = 8;
const workloadsPerCluster = 24;
const observationsPerBatch = 250;
const processorCounts = [1, 2, 4];
const neverSlower = 0.9;

if (process.argv.includes('--processor')) await runProcessor();
else await measureAll();

async function measureAll(): Promise<void> {
  const stories = loadStories(['s12-oom-main', 's05-crash-missing-env', 's24-seed-story', 's25-healthy-rollout-and-scale-down']);
  const fleet = makeFleet(stories, { workloads: workloadsPerCluster, from: Date.parse('2026-11-22T12:00:00Z') });
  const engine = await startPostgresEngine();
  try {
    const rates: number[] = [];
    for (const count of processorCounts) rates.push(await measure(count));
    const [floor = Number.NaN] = rates;
    const results: readonly BenchResult[] = rates.map((value, index) =>
      throughput(`processors.${processorCounts[index]}`, 'observations/s', { value, floor }, neverSlower),
    );
    printResults(results, process.argv.includes('--json'));
  } finally {
    await engine.close();
  }

  /** @returns observations a second */
  async function measure(count: number): Promise<number> {
    const directory = await mkdtemp(join(tmpdir(), 'mortem-bench-'));
    const databaseUrl = (await engine.freshDatabase()) ?? '';
    const batches = await leaveAll({ databaseUrl, dataDir: directory });
    const seconds = await processAll(count, { databaseUrl, dataDir: directory, batches });
    await rm(directory, { recursive: true });
    return (clusters * fleet.length) / seconds;
  }

  /** Those of one cluster behind each other, as they were accepted. */
  async function leaveAll({ databaseUrl, dataDir }: Omit<ProcessorTask, 'batches'>): Promise<readonly string[]> {
    const deps = compose({ databaseUrl, dataDir, logLevel: 'silent' }, { logger });
    const parts = Array.from({ length: Math.ceil(fleet.length / observationsPerBatch) }, (_, part) =>
      fleet.slice(part * observationsPerBatch, (part + 1) * observationsPerBatch),
    );
    const ids: (readonly string[])[] = [];
    for (let cluster = 0; cluster < clusters; cluster += 1) ids.push(await leaveBatches(deps, `cluster-${cluster}`, parts));
    await deps.close();
    return parts.flatMap((_, part) => ids.flatMap((own) => own[part] ?? []));
  }
}

/** @returns seconds from the first delivery until the last processor is done */
async function processAll(count: number, task: ProcessorTask): Promise<number> {
  const [, self = ''] = process.argv;
  const processors = Array.from({ length: count }, () => fork(self, ['--processor'], { execArgv: [] }));
  await Promise.all(processors.map((processor) => once(processor, 'message')));
  const start = performance.now();
  const reports = await Promise.all(
    processors.map(async (processor, index) => {
      processor.send({ ...task, batches: task.batches.filter((_, at) => at % count === index) } satisfies ProcessorTask);
      const [report]: ProcessorReport[] = await once(processor, 'message');
      return report?.cpuSeconds ?? 0;
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const used = reports.reduce((sum, cpuSeconds) => sum + cpuSeconds, 0);
  process.stderr.write(`${count} processors: ${seconds.toFixed(1)} s, of which they computed ${used.toFixed(1)} s together\n`);
  return seconds;
}
