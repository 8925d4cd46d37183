import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundleWhole } from '../../support/bundle-child.ts';
import { say } from './support/rounds.ts';
import type { Sample, SoakReport } from './support/soak-child.ts';

const hours = Number(process.env['MORTEM_HOURS'] ?? 24);

async function soak(): Promise<SoakReport> {
  const bundle = await bundleWhole('test/collector/chaos/support/soak-child.ts');
  const dir = mkdtempSync(join(tmpdir(), 'mortem-soak-'));
  const execArgv = ['--expose-gc', '--max-semi-space-size=4', '--max-old-space-size=256'];
  const child = fork(bundle, [dir, String(hours)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [report]: SoakReport[] = await once(child, 'message');
  if (report === undefined) throw new Error('the collector said nothing');
  await once(child, 'exit');
  return report;
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** How much more (or less) of something there is in the last quarter than in the second. */
function growth(samples: readonly Sample[], pick: (sample: Sample) => number): number {
  const quarter = Math.floor(samples.length / 4);
  const early = median(samples.slice(quarter, 2 * quarter).map(pick));
  return median(samples.slice(-quarter).map(pick)) / early - 1;
}

test(`${hours} hours of watch time-outs, relists and pod churn leave memory flat and nothing behind`, async () => {
  const { samples, before, after, ...done } = await soak();
  const grown = { resident: growth(samples, (one) => one.residentBytes), heap: growth(samples, (one) => one.heapBytes) };
  say(JSON.stringify({ ...done, grown, samples: samples.map(({ residentBytes, heapBytes }) => [residentBytes, heapBytes]) }));
  expect(Math.abs(grown.resident)).toBeLessThanOrEqual(0.05);
  expect(grown.heap).toBeLessThanOrEqual(0.05);
  expect(new Set(samples.slice(1).map(({ openFiles }) => openFiles)).size).toBeLessThanOrEqual(3);
  expect(after).toEqual(before);
  // It was work that left nothing behind: each of two pods a minute died once, and forty were left.
  expect(done.logs).toBe(2 * (hours * 60 + 1));
  expect(done.pods).toBe(40);
  // Ten minutes of forty pods, each minute or oftener.
  expect(done.memorySamples).toBeGreaterThan(400);
  expect(done.relists).toBeGreaterThanOrEqual(9 * hours);
});
