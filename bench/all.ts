import { spawn } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { fleetEngines, hasFleet } from './support/fleet/fleet-dir.ts';
import { printResults, type BenchResult } from './support/result.ts';

/**
 * Every bench, one after the other, each in a process of its own: `npm run bench`. `--json` prints one object for tracking,
 * `--profile` has each write a CPU profile into build/profiles.
 */
const isAsked = fleetEngines.some(hasFleet);
const benches = ['ingest', 'classify', 'render', 'latency', 'storage', 'coldstart', 'collector', 'pages', ...(isAsked ? ['query'] : [])];

const root = join(import.meta.dirname, '..');
const results = z.object({
  results: z.array(
    z.object({
      name: z.string(),
      value: z.number(),
      unit: z.string(),
      floor: z.number(),
      ratio: z.number(),
      goal: z.string(),
      met: z.boolean(),
    }),
  ),
});

if (!isAsked)
  process.stderr.write(
    'Without the queries: "npm run bench:fleet" writes the data set they are asked of, once, in a quarter of an hour or so.\n',
  );
const asJson = process.argv.includes('--json');
const all: BenchResult[] = [];
const failed: string[] = [];
for (const [index, name] of benches.entries()) {
  process.stderr.write(`[${index + 1}/${benches.length}] ${name}\n`);
  // What the others measured must not be lost with one that fails.
  const measured = await run(name).catch((error: unknown) => {
    process.stderr.write(`bench/${name} measured nothing: ${error instanceof Error ? error.message : String(error)}\n`);
    failed.push(name);
    return [];
  });
  all.push(...measured);
  if (!asJson) printResults(measured, false);
}
if (failed.length > 0) process.exitCode = 1;
if (asJson) process.stdout.write(`${JSON.stringify({ results: all, failed, machine: machine() })}\n`);
else process.stdout.write(`${all.filter(({ met }) => met).length} of ${all.length} met · ${Object.values(machine()).join(' · ')}\n`);

async function run(name: string): Promise<readonly BenchResult[]> {
  const profile = process.argv.includes('--profile') ? ['--profile'] : [];
  const child = spawn('npm', ['run', '--silent', `bench:${name}`, '--', '--json', ...profile], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const printed = await text(child.stdout);
  const code = await ended;
  if (code !== 0) throw new Error(`bench/${name} ended with code ${code}`);
  // What is built first may say so.
  return results.parse(JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '')).results;
}

function machine(): Readonly<Record<string, string>> {
  const [first] = cpus();
  return {
    cpu: `${cpus().length} x ${first?.model.trim() ?? 'unknown'}`,
    platform: `${process.platform} ${process.arch}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.version,
  };
}
