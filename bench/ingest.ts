import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '#core/ports.ts';
import { createApp } from '../functions/app.ts';
import { startServer } from '../functions/serve.ts';
import { createKey } from '../functions/usecases/create-key.ts';
import { toBatches, sendAll, type SentBatch } from './support/batches.ts';
import { acceptFloor, endToEndFloor } from './support/floors.ts';
import { loadStories } from './support/load-stories.ts';
import { makeFleet } from './support/make-fleet.ts';
import { printResults, throughput } from './support/result.ts';

void createApp;
const silent: Logger = { info: () => undefined, warn: () => undefined, error: (event, fields) => process.stderr.write(`${event} ${JSON.stringify(fields)}\n`) };

async function run() {
  const stories = loadStories(['s12-oom-main', 's05-crash-missing-env', 's24-seed-story', 's25-healthy-rollout-and-scale-down']);
  const fleet = makeFleet(stories, { workloads: 300, from: Date.parse('2026-11-22T12:00:00Z'), generation: 1 });
  const batches = toBatches(fleet, 500);
  console.log(fleet.length, batches.length, batches.reduce((a, b) => a + b.body.length, 0), JSON.stringify(fleet[2000]).length);
  for (let i = 0; i < 3; i++) {
    const directory = await mkdtemp(join(tmpdir(), 'mortem-bench-'));
    const af = await acceptFloor(directory, batches, 4);
    const ef = endToEndFloor(directory, batches);
    const server = await startServer({ dataDir: directory, port: 0, host: '127.0.0.1', logger: silent });
    const key = await createKey(server.deps, 'bench');
    const start = performance.now();
    await sendAll(`${server.url}/v1/observations`, key, batches, 4);
    const sent = performance.now();
    await server.idle();
    const done = performance.now();
    console.log({ acceptFloor: fleet.length / af, e2eFloor: fleet.length / ef, accepted: fleet.length / ((sent - start) / 1000), e2e: fleet.length / ((done - start) / 1000), incidents: (await server.deps.store.incidents({})).length });
    await server.close();
    await rm(directory, { recursive: true });
  }
}
await run();
