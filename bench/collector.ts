import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureFleet, type FleetGoals } from './support/collector/measure-fleet.ts';
import { serveCluster } from './support/collector/serve-cluster.ts';
import { watchFloor } from './support/collector/watch-floor.ts';
import { printResults, type BenchResult } from './support/result.ts';

const fleets: readonly (Omit<FleetGoals, 'isMeasured'> & { readonly pods: number })[] = [
  { pods: 10_000, residentMegabytes: 120, cpuRatio: 2, rounds: 3 },
  { pods: 50_000, residentMegabytes: 200, cpuRatio: 2, rounds: 1 },
];

/**
 * The bundled collector in clusters of 10,000 and 50,000 pods; `-- 10000` measures one of them, `--measured` adds metrics.k8s.io to them,
 * which takes eleven minutes more each. The first argument may be a role of a child.
 */
const [role, ...rest] = process.argv.slice(2);
if (role === 'cluster') await serveCluster(Number(rest[0]), rest[1] === 'measured');
else if (role === 'floor') await watchFloor(Number(rest[0]), rest[1] ?? '');
else await measureAll(process.argv.slice(2));

async function measureAll(args: readonly string[]): Promise<void> {
  const asked = new Set(args.filter((arg) => /^\d+$/.test(arg)).map(Number));
  const results: BenchResult[] = [];
  for (const { pods, ...goals } of fleets) {
    if (asked.size > 0 && !asked.has(pods)) continue;
    const dir = await mkdtemp(join(tmpdir(), 'mortem-bench-'));
    results.push(...(await measureFleet(pods, { ...goals, isMeasured: args.includes('--measured') }, dir)));
    await rm(dir, { recursive: true });
  }
  printResults(results, args.includes('--json'));
}
