import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { httpEvent } from '../test/support/lambda/http-event.ts';
import { functionsFolder, startFunction } from '../test/support/lambda/start-function.ts';
import { sqsEvent } from '../test/support/sqs/deliver.ts';
import { TestQueue } from '../test/support/sqs/test-queue.ts';
import { ceiling, printResults } from './support/result.ts';

/** How long each function may take from the start of its process to its first answer. */
const goalMs = 300;
const rounds = 9;

const env = {
  MORTEM_DATABASE_URL: 'postgres://127.0.0.1:1/none',
  MORTEM_BUCKET: 'none',
  MORTEM_DEAD_LETTER_URL: 'http://none',
  AWS_REGION: 'eu-central-1',
};

/** S3's event about a new notification: everything is loaded and composed, and nothing is to do. */
function testEvent(): unknown {
  const queue = new TestQueue();
  queue.send(JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent' }));
  return sqsEvent(queue.receive(1));
}

const events: Readonly<Record<string, unknown>> = {
  bare: {},
  http: httpEvent('HTTP API', { path: '/healthz' }),
  'observations-created': testEvent(),
};

/** A handler that does nothing: the bootstrap and Node alone. */
async function makeBareFunction(): Promise<void> {
  const folder = join(functionsFolder, 'bare', 'functions');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'bare.mjs'), 'export const handler = async () => ({ statusCode: 200 });\n');
}

async function measure(name: string): Promise<number> {
  const from = performance.now();
  const running = await startFunction(name, env);
  await running.call(events[name]);
  const took = performance.now() - from;
  await running.kill();
  return took;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

await makeBareFunction();
const names = Object.keys(events);
const times = new Map<string, number[]>(names.map((name) => [name, []]));
// In turns, so that what else the machine does meets all of them.
for (let round = 0; round <= rounds; round += 1) {
  for (const name of names) {
    const took = await measure(name);
    // The first round only fills the page cache.
    if (round > 0) times.get(name)?.push(took);
  }
}
const floor = median(times.get('bare') ?? []);
const results = names
  .filter((name) => name !== 'bare')
  .map((name) => ceiling(`coldstart/${name}`, 'ms', { value: median(times.get(name) ?? []), floor }, goalMs));
printResults(results, process.argv.includes('--json'));
