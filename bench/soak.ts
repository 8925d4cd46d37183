import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import type { Observation } from '#core/wire/observation.ts';
import { compose } from '../functions/compose.ts';
import { createKey } from '../functions/usecases/create-key.ts';
import { toBatches, type SentBatch } from './support/batches.ts';
import { measureEndToEnd } from './support/ingest-runs.ts';
import { wallMeter } from './support/meter.ts';
import { loadStories } from './support/load-stories.ts';
import { makeFleet } from './support/make-fleet.ts';
import { slopeOf, watchMemory } from './support/resident-memory.ts';
import { cost, printResults, throughput } from './support/result.ts';
import { startMortemServe } from './support/started-mortem.ts';
import { sendSteadily, type Sent } from './support/steady-load.ts';

/**
 * Does a server stay as it is? `mortem serve` on SQLite, in a process of its own, at 70% of what this machine was just measured
 * to take, for `--minutes` (30): resident memory, the time until a batch is acknowledged, errors, and every death that was sent.
 */
const share = 0.7;
const observationsPerBatch = 100;
const workloadsAtOnce = 50;
const windows = 10;
const capacityRounds = 3;
const hourMs = 3_600_000;
const minutes = Number(process.argv.at(process.argv.indexOf('--minutes') + 1)) || 30;

const stories = loadStories(['s12-oom-main', 's05-crash-missing-env', 's24-seed-story', 's25-healthy-rollout-and-scale-down']);
const dead = new Set<string>();
let nextWorkload = 0;
let from = Date.parse('2025-11-22T12:00:00Z');
let made: Observation[] = [];

const directory = await mkdtemp(join(tmpdir(), 'mortem-bench-'));
const capacity = await measureCapacity();
process.stderr.write(`This machine takes ${Math.round(capacity)} observations a second; ${share * 100}% of it for ${minutes} minutes.\n`);
dead.clear();
made = [];

const data = join(directory, 'soak');
const key = await makeKey();
const server = await startMortemServe(data, { MORTEM_RATE_LIMIT: '0', MORTEM_LOG_LEVEL: 'warn' });
const memory = watchMemory(server.pid);
const seconds = minutes * 60;
const sent = await sendSteadily({
  url: server.url,
  key,
  batchesPerSecond: (capacity * share) / observationsPerBatch,
  seconds,
  next: nextBatch,
});
const samples = memory.stop();
const counted = await untilAllAreCounted();
await server.stop();
await rm(directory, { recursive: true });

const early = windowsOf(sent).slice(1, 4).flat();
const late = windowsOf(sent).slice(-3).flat();
const rss = (part: number, end: number): number =>
  Math.max(...samples.filter(({ at }) => at >= part * seconds && at < end * seconds).map(({ megabytes }) => megabytes));
const faults = sent.filter(({ fault }) => fault !== undefined);
explainRun();
printResults(
  [
    cost('soak.accept.p99.late-to-early', 'ms', { value: quantile(late, 0.99), floor: quantile(early, 0.99) }, 1.5),
    cost('soak.rss.late-to-early', 'MB', { value: rss(0.7, 1), floor: rss(0.1, 0.4) }, 1.15),
    {
      name: 'soak.faults',
      value: faults.length,
      unit: 'batches',
      floor: sent.length,
      ratio: faults.length / sent.length,
      goal: '<= 0 batches',
      met: faults.length === 0,
    },
    throughput('soak.terminations', 'deaths', { value: counted, floor: dead.size }, 1),
  ],
  process.argv.includes('--json'),
);

/** End to end, in a store of its own: observations a second, in the worst of some rounds, since others may use the machine as well. */
async function measureCapacity(): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round < capacityRounds; round += 1) {
    const batches = Array.from({ length: 100 }, nextBatch);
    const took = await measureEndToEnd({
      directory: join(directory, `capacity-${round}`),
      databaseUrl: undefined,
      batches,
      senders: 4,
      meter: wallMeter,
    });
    rates.push(batches.reduce((total, { observations }) => total + observations, 0) / took);
  }
  return Math.min(...rates);
}

async function makeKey(): Promise<string> {
  const deps = compose({ dataDir: data, logLevel: 'silent' });
  const created = await createKey(deps, 'bench');
  await deps.close();
  return created;
}

function nextBatch(): SentBatch {
  if (made.length === 0) {
    made = [...makeFleet(stories, { workloads: workloadsAtOnce, first: nextWorkload, from })];
    nextWorkload += workloadsAtOnce;
    from += hourMs;
  }
  const observations = made.splice(0, observationsPerBatch);
  for (const id of observations.flatMap(deadContainers)) dead.add(id);
  const [batch] = toBatches(observations, observationsPerBatch);
  if (batch === undefined) throw new Error('the stories are empty');
  return batch;
}

function deadContainers(item: Observation): readonly string[] {
  if (item.kind !== 'pod') return [];
  const ends = item.containers.flatMap(({ state, lastState }) => [state?.terminated?.containerID, lastState?.terminated?.containerID]);
  return ends.filter((id) => id !== undefined);
}

/** Asks the database itself, until nothing waits any more. */
async function untilAllAreCounted(): Promise<number> {
  const client = new BetterSqlite(join(data, 'mortem.db'), { readonly: true });
  const count = (sql: string): number => Number(client.prepare(sql).pluck().get());
  for (let patience = 120; patience > 0; patience -= 1) {
    if (count("select count(*) from batches where status = 'pending'") + count('select count(*) from workloads where stale') === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  const terminations = count('select count(*) from terminations');
  client.close();
  return terminations;
}

function windowsOf(all: readonly Sent[]): readonly (readonly Sent[])[] {
  return Array.from({ length: windows }, (_, window) => all.filter(({ dueAt }) => Math.floor((dueAt / seconds) * windows) === window));
}

function quantile(part: readonly Sent[], of: number): number {
  const sorted = part.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? Number.NaN;
}

function explainRun(): void {
  const lines = windowsOf(sent).map((part, window) => {
    const span = samples.filter(({ at }) => Math.floor((at / seconds) * windows) === window).map(({ megabytes }) => megabytes);
    const refused = part.reduce((total, item) => total + item.refused, 0);
    return `${((window + 1) * minutes) / windows} min: p50 ${quantile(part, 0.5).toFixed(1)} ms, p99 ${quantile(part, 0.99).toFixed(1)} ms, ${refused} asked to wait, RSS ${Math.max(...span).toFixed(0)} MB`;
  });
  const later = samples.filter(({ at }) => at > seconds / 2);
  const [first, last] = [samples[0]?.megabytes ?? 0, samples.at(-1)?.megabytes ?? 0];
  const rest = [
    `RSS: start ${first.toFixed(0)}, end ${last.toFixed(0)}, most ${Math.max(...samples.map(({ megabytes }) => megabytes)).toFixed(0)} MB; ${slopeOf(later).toFixed(0)} MB an hour over the second half`,
    `${sent.length} batches, ${faults.length} faults${faults[0] === undefined ? '' : `, the first: ${faults[0].fault}`}; ${counted} of ${dead.size} deaths are in the ledger`,
  ];
  process.stderr.write(`${[...lines, ...rest].join('\n')}\n`);
}
