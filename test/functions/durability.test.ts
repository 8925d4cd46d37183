import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createIncidentStore } from '../../db/incident-store.ts';
import { openSqlite } from '../../db/open-sqlite.ts';
import { pod } from '../support/build-observations.ts';
import { batchRequest, ndjson, sha256 } from '../support/send-batch.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const root = resolve(import.meta.dirname, '..', '..');
// One level below the root, like the shipped bundles: the migrations are found from there.
const bundle = join(root, 'build', 'serve-child.mjs');

beforeAll(async () => {
  const entry = join(root, 'test', 'support', 'serve-child.ts');
  await build({
    entryPoints: [entry],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
});

interface Child {
  readonly process: ChildProcess;
  readonly url: string;
  readonly key: string;
}

async function start(dataDir: string): Promise<Child> {
  const child = fork(bundle, [dataDir], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [hello]: { url: string; key: string }[] = await once(child, 'message');
  return { process: child, ...hello! };
}

async function kill(child: Child): Promise<void> {
  const gone = once(child.process, 'exit');
  child.process.kill('SIGKILL');
  await gone;
}

let workloads = 0;

/** Ten states of a workload of its own. */
function nextBatch(): { name: string; body: Buffer } {
  workloads += 1;
  const name = `w${workloads}`;
  const states = Array.from({ length: 10 }, (_, index) =>
    pod(index, { name: `${name}-1`, uid: `pod-${name}`, workload: { kind: 'Deployment', name, chain: [] } }),
  );
  return { name, body: gzipSync(ndjson(states)) };
}

/** Sends from four senders until so many are acknowledged, then kills the server with the others in flight. */
async function sendAndKill(child: Child, acknowledgements: number): Promise<Map<string, string>> {
  const acknowledged = new Map<string, string>();
  let killed: Promise<void> | undefined;
  const send = async (): Promise<void> => {
    while (killed === undefined) {
      const { name, body } = nextBatch();
      try {
        const response = await fetch(`${child.url}/v1/observations`, batchRequest(child.key, body));
        if (response.status === 202) acknowledged.set(name, sha256(body));
      } catch (error) {
        if (killed === undefined) throw error;
      }
      if (acknowledged.size >= acknowledgements) killed ??= kill(child);
    }
    await killed;
  };
  await Promise.all(Array.from({ length: 4 }, send));
  return acknowledged;
}

test('kill -9 loses nothing that was acknowledged', async () => {
  const dataDir = await temporaryDirectory();
  const acknowledged = new Map<string, string>();
  for (const count of [1, 7, 25]) {
    for (const [name, digest] of await sendAndKill(await start(dataDir), count)) acknowledged.set(name, digest);
  }
  expect(acknowledged.size).toBeGreaterThanOrEqual(33);

  const last = await start(dataDir);
  const idle = once(last.process, 'message');
  last.process.send('idle');
  await idle;
  await kill(last);

  const store = createIncidentStore(openSqlite(join(dataDir, 'mortem.db')));
  onTestFinished(() => store.close());
  expect(await store.pendingBatches(100)).toEqual([]);
  expect(await store.staleWorkloads(100)).toEqual([]);
  for (const [name, digest] of acknowledged) {
    expect((await store.batch(`test/${digest}`))?.status).toBe('processed');
    expect(await store.observationsOf({ cluster: 'test', namespace: 'shop', kind: 'Deployment', name })).toHaveLength(10);
  }
});
