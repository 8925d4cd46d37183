import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startApiServer } from '../replay/api-server.ts';
import { wallClock } from '../replay/wall-clock.ts';
import { startBareRecorder } from './support/bare-recorder.ts';
import { crashOf } from './support/crash-lines.ts';
import { ceiling, printResults } from './support/result.ts';
import { startMortemUp } from './support/started-mortem.ts';

/** From the line of a watch that shows a death until the incident can be queried: `mortem up` in a process of its own. */
const crashes = 60;
const pauseMs = 150;
const pollMs = 5;
const goalMs = 2000;

const directory = await mkdtemp(join(tmpdir(), 'mortem-bench-'));
const watching = Promise.withResolvers<void>();
const cluster = await startApiServer({
  recordings: [],
  clock: wallClock,
  fault: ({ path, query }) => {
    if (path.endsWith('/events') && query.has('watch')) watching.resolve();
    return undefined;
  },
});
const kubeconfig = join(directory, 'kubeconfig');
await writeFile(kubeconfig, kubeconfigFor(cluster.url));
const mortem = await startMortemUp(kubeconfig, join(directory, 'data'));
const bare = await startBareRecorder(directory, cluster.url);
await watching.promise;

const mortemMs: number[] = [];
const bareMs: number[] = [];
for (let number = 0; number < crashes; number += 1) {
  const { pod, before, death } = crashOf(number, Date.now());
  for (const entry of before) cluster.emit(entry);
  await setTimeout(pauseMs);
  const from = performance.now();
  cluster.emit(death);
  const [ours, floor] = await Promise.all([until(`${mortem.url}/v1/incidents?pod=${pod}`), until(`${bare.url}/deaths/${pod}`)]);
  mortemMs.push(ours - from);
  bareMs.push(floor - from);
}
await bare.close();
await mortem.stop();
await cluster.close();
await rm(directory, { recursive: true });
printResults(
  [ceiling('latency.crash-to-queryable.p95', 'ms', { value: p95(mortemMs), floor: p95(bareMs) }, goalMs)],
  process.argv.includes('--json'),
);

/** The moment at which a query first returns an item. */
async function until(url: string): Promise<number> {
  for (;;) {
    const answer = await (await fetch(url)).text();
    if (!answer.includes('"items":[]')) return performance.now();
    await setTimeout(pollMs);
  }
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;
}

function kubeconfigFor(url: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'bench',
    clusters: [{ name: 'bench', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'bench', user: {} }],
    contexts: [{ name: 'bench', context: { cluster: 'bench', user: 'bench' } }],
  });
}
