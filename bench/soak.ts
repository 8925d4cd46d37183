import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cost, printResults, throughput } from './support/result.ts';
import { watchMemory, type MemorySample } from './support/resident-memory.ts';
import { startBatchSupply, supplyBatches, type BatchSupply } from './support/soak/batch-supply.ts';
import { compareEnds, describeSoak, describeSpan, type SoakRun } from './support/soak/describe-soak.ts';
import { measureCapacity } from './support/soak/measure-capacity.ts';
import { startSoakedServer, type SoakedServer } from './support/soak/soaked-server.ts';
import { sendSteadily, type Sent } from './support/steady-load.ts';

/**
 * Does a server stay as it is? `mortem serve` on SQLite, in a process of its own, at 70% of what this machine was just measured
 * to take end to end, for `--minutes` (30): resident memory, the time until a batch is acknowledged, errors, and every death that was
 * sent. Where no answer comes, the batch is sent again, as a collector does: that is counted and shown, and only what is lost, or
 * refused for good, is a fault. `--rate N` sends so many observations a second and measures no capacity. Exits 1 if a goal is not met.
 */
const share = 0.7;
const mostDrainSeconds = 300;
const fewSamples = 1000;

// The bundle runs in two threads: the other one makes the batches.
if (!supplyBatches()) await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '30' },
      rate: { type: 'string' },
      json: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
    },
  });
  const seconds = Number(values.minutes) * 60;
  const directory = await mkdtemp(join(tmpdir(), 'mortem-bench-'));
  const supply = startBatchSupply(new URL(import.meta.url));
  try {
    const rate = Number(values.rate) || share * (await capacityOf(directory, supply, seconds));
    process.stderr.write(`${Math.round(rate)} observations a second for ${values.minutes} minutes.\n`);
    await soak({ data: join(directory, 'soak'), supply, seconds, rate }, values.json);
  } finally {
    await supply.close();
    await rm(directory, { recursive: true });
  }
}

/** A fifteenth of the time that the soak will take: in half an hour's, two minutes with their schedule. */
async function capacityOf(directory: string, supply: BatchSupply, seconds: number): Promise<number> {
  const measuredFor = Math.min(Math.max(seconds / 15, 10), 120);
  const capacity = await measureCapacity(join(directory, 'capacity'), supply, measuredFor);
  await rm(join(directory, 'capacity'), { recursive: true });
  process.stderr.write(
    `This machine takes ${Math.round(capacity)} observations a second, measured for ${Math.round(measuredFor)} s; ${share * 100}% of it is\n`,
  );
  return capacity;
}

interface Soak {
  readonly data: string;
  readonly supply: BatchSupply;
  readonly seconds: number;
  /** Observations a second. */
  readonly rate: number;
}

async function soak({ data, supply, seconds, rate }: Soak, asJson: boolean): Promise<void> {
  const first = await supply.next();
  const server = await startSoakedServer(data);
  try {
    await soakServer(server, { supply, seconds, batchesPerSecond: rate / first.observations }, asJson);
  } finally {
    await server.stop();
  }
}

interface Load {
  readonly supply: BatchSupply;
  readonly seconds: number;
  readonly batchesPerSecond: number;
}

async function soakServer(server: SoakedServer, { supply, ...load }: Load, asJson: boolean): Promise<void> {
  const memory = watchMemory(server.pid);
  const dead = new Set<string>();
  const soFar: Sent[] = [];
  const progress = setInterval(() => showLastMinute(soFar, memory.samples), 60_000);
  const sent = await sendSteadily({
    ...server,
    ...load,
    next: () => supply.next(),
    onSent: (one, batch) => {
      soFar.push(one);
      for (const id of batch.dead) dead.add(id);
    },
  }).finally(() => {
    clearInterval(progress);
    memory.stop();
  });
  const drained = await server.drain(mostDrainSeconds);
  report({ seconds: load.seconds, sent, samples: memory.samples }, { counted: server.countDeaths(), dead: dead.size, drained }, asJson);
}

function showLastMinute(sent: readonly Sent[], samples: readonly MemorySample[]): void {
  const now = samples.at(-1)?.at ?? 0;
  const span = { sent: sent.filter(({ dueAt }) => dueAt >= now - 60), samples: samples.filter(({ at }) => at >= now - 60) };
  process.stderr.write(`after ${Math.round(now / 60)} min: ${describeSpan(span)}\n`);
}

interface Outcome {
  readonly counted: number;
  readonly dead: number;
  /** Seconds; undefined when not all was done in time. */
  readonly drained: number | undefined;
}

function report(run: SoakRun, { counted, dead, drained }: Outcome, asJson: boolean): void {
  const { early, late } = compareEnds(run);
  const faults = run.sent.filter(({ fault }) => fault !== undefined);
  process.stderr.write(`${describeSoak(run).join('\n')}\n`);
  process.stderr.write(
    `${counted} of ${dead} deaths are in the ledger, ${drained === undefined ? `and more was to do after ${mostDrainSeconds} s` : `${drained.toFixed(1)} s after the last batch`}\n`,
  );
  for (const { dueAt, fault } of faults.slice(0, 10)) process.stderr.write(`fault at ${dueAt.toFixed(1)} s: ${fault}\n`);
  if (Math.min(early.count, late.count) < fewSamples)
    process.stderr.write(`p99 says little: ${early.count} batches early, ${late.count} late. Let it run for longer.\n`);
  const results = [
    cost('soak.accept.p99.late-to-early', 'ms', { value: late.p99, floor: early.p99 }, 1.5),
    cost('soak.rss.late-to-early', 'MB', { value: late.megabytes, floor: early.megabytes }, 1.15),
    {
      name: 'soak.faults',
      value: faults.length,
      unit: 'batches',
      floor: run.sent.length,
      ratio: faults.length / run.sent.length,
      goal: '<= 0 batches',
      met: faults.length === 0,
    },
    throughput('soak.terminations', 'deaths', { value: counted, floor: dead }, 1),
  ];
  printResults(results, asJson);
  if (results.some(({ met }) => !met)) process.exitCode = 1;
}
