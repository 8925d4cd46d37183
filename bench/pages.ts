import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { createApp } from '../functions/app.ts';
import { compose, type Deps } from '../functions/compose.ts';
import { rebuildWorkloads } from '../functions/usecases/rebuild-workloads.ts';
import { crashingPods } from '../test/support/crashing-pods.ts';
import { fleetDir, hasFleet } from './support/fleet/fleet-dir.ts';
import { ceiling, printResults, type BenchResult } from './support/result.ts';

/**
 * How long each page takes to answer, its HTML included: pages over incidents with 10 and with 500 failing pods, and the lists, trends
 * and audits over the fleet that `npm run bench:fleet` wrote, where there is one. The floor is a Hono route that answers the same bytes; of the size of the HTML, its words.
 */
const rounds = 40;
const goalMs = 100;
const goalKilobytes = 200;
const sizes = [10, 500];

type App = ReturnType<typeof createApp>;

const results: BenchResult[] = [];
for (const pods of sizes) {
  const directory = await mkdtemp(join(tmpdir(), 'mortem-bench-'));
  const deps = compose({ dataDir: directory, logLevel: 'silent' }, { openReads: true, listensOnLoopback: true });
  const { touched } = await deps.store.indexObservations('test', crashingPods(pods));
  await rebuildWorkloads(deps, touched);
  const [incident] = await deps.store.incidents({});
  const evidence = incident?.chapters[0]?.evidence[0] ?? '';
  const base = `/incidents/${incident?.id ?? ''}`;
  await measure(createApp(deps), `${pods}-pods`, {
    incident: base,
    timeline: `${base}/timeline`,
    draft: `${base}/draft`,
    pod: '/pods/test/pod-1',
    evidence: `/evidence/${evidence}`,
  });
  await deps.close();
  await rm(directory, { recursive: true });
}
if (hasFleet('sqlite')) {
  const deps = compose({ dataDir: fleetDir, logLevel: 'silent' }, { openReads: true, listensOnLoopback: true });
  await measure(createApp(deps), 'fleet', await fleetPaths(deps));
  await deps.close();
} else process.stderr.write('There is no fleet: its pages are left out. Write one with: npm run bench:fleet\n');
printResults(results, process.argv.includes('--json'));

async function fleetPaths({ store }: Deps): Promise<Readonly<Record<string, string>>> {
  const [incident] = await store.incidents({ limit: 1 });
  return {
    incidents: '/incidents',
    'incidents-by-symptom': '/incidents?symptom=OOMKilled&since=90d',
    'incidents-by-text': '/incidents?text=bad-release',
    'oom-trend': '/trends/oomkilled?since=90d',
    audit: '/audit?image=team-1/bad-release-1:v2',
    images: '/images?cluster=cluster-01',
    'images-of-all': '/images',
    'restarts-trend': '/trends/restarts?since=90d',
    'oom-trend-of-a-workload': '/trends/oomkilled?since=90d&workload=deploy/leak-fixed-1',
    status: '/status',
    ...(incident === undefined ? {} : { incident: `/incidents/${incident.id}` }),
  };
}

async function measure(app: App, group: string, paths: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, path] of Object.entries(paths)) {
    const body = await (await app.request(path)).text();
    const bare = new Hono().get('*', (c) => c.html(body));
    const [own, floor]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      floor.push(await timed(bare, path));
      own.push(await timed(app, path));
    }
    results.push(ceiling(`pages.${group}.${name}.p95`, 'ms', { value: p95(own), floor: p95(floor) }, goalMs));
    const words = body.replaceAll(/<[^>]*>/g, '');
    results.push(ceiling(`pages.${group}.${name}.html`, 'KB', { value: kilobytes(body), floor: kilobytes(words) }, goalKilobytes));
  }
}

function kilobytes(text: string): number {
  return Buffer.byteLength(text) / 1024;
}

async function timed(app: { readonly request: App['request'] }, path: string): Promise<number> {
  const from = performance.now();
  const response = await app.request(path);
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  return performance.now() - from;
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
}
