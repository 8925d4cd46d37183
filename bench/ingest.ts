import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureAccept, measureEndToEnd } from './support/ingest-runs.ts';
import { toBatches, type SentBatch } from './support/batches.ts';
import { acceptFloor, endToEndFloor } from './support/floors.ts';
import { loadStories } from './support/load-stories.ts';
import { makeFleet } from './support/make-fleet.ts';
import { printResults, throughput, worstOf, type BenchResult } from './support/result.ts';

/** Three of the four stories fail from start to end, the fourth is a healthy rollout. */
const stories = ['s12-oom-main', 's05-crash-missing-env', 's24-seed-story', 's25-healthy-rollout-and-scale-down'];
const workloads = 200;
const observationsPerBatch = 500;
const senders = 4;
const rounds = 3;

const recorded = loadStories(stories);
const from = Date.parse('2026-11-22T12:00:00Z');
const batches = toBatches(makeFleet(recorded, { workloads, from }), observationsPerBatch);

// Once with little, for the compiler to warm up.
await measure(toBatches(makeFleet(recorded, { workloads: 8, from }), observationsPerBatch));
const measured: BenchResult[][] = [];
for (let round = 0; round < rounds; round += 1) measured.push(await measure(batches));
printResults(worstOf(measured), process.argv.includes('--json'));

/** All four in turn, each in a directory of its own, so that a noisy neighbour meets both sides of a ratio. */
async function measure(sent: readonly SentBatch[]): Promise<BenchResult[]> {
  const observations = sent.reduce((total, batch) => total + batch.observations, 0);
  const rate = async (run: (directory: string) => Promise<number> | number): Promise<number> => {
    const directory = await mkdtemp(join(tmpdir(), 'mortem-bench-'));
    const seconds = await run(directory);
    await rm(directory, { recursive: true });
    return observations / seconds;
  };
  return [
    throughput(
      'ingest.accept.sqlite',
      'observations/s',
      {
        floor: await rate((directory) => acceptFloor(directory, sent, senders)),
        value: await rate((directory) => measureAccept(directory, sent, senders)),
      },
      1 / 2,
    ),
    throughput(
      'ingest.end-to-end.sqlite',
      'observations/s',
      {
        floor: await rate((directory) => endToEndFloor(directory, sent)),
        value: await rate((directory) => measureEndToEnd(directory, sent, senders)),
      },
      1 / 3,
    ),
  ];
}
