import { join } from 'node:path';
import { createApp } from '../../functions/app.ts';
import { compose } from '../../functions/compose.ts';
import { startServer } from '../../functions/serve.ts';
import { createKey } from '../../functions/usecases/create-key.ts';
import { sendAll, type SentBatch } from './batches.ts';
import { listen } from './listen.ts';
import type { Meter } from './meter.ts';
import { strictLogger as logger } from './strict-logger.ts';

export interface IngestRun {
  /** Of the batches, and of the database where it is a file. */
  readonly directory: string;
  readonly databaseUrl: string | undefined;
  readonly batches: readonly SentBatch[];
  readonly senders: number;
  readonly meter: Meter;
}

/** Seconds until every batch is acknowledged, with nobody processing them. */
export async function measureAccept({ directory, databaseUrl, batches, senders, meter }: IngestRun): Promise<number> {
  const deps = compose({ dataDir: join(directory, 'data'), databaseUrl, logLevel: 'silent', batchesPerSecond: 0 }, { logger });
  const app = createApp({ ...deps, queue: { send: () => Promise.resolve() }, keepAccepted: () => undefined });
  const server = await listen(app.fetch);
  const key = await createKey(deps, 'bench');
  const start = meter();
  await sendAll(`${server.url}/v1/observations`, key, batches, senders);
  const seconds = meter() - start;
  await server.close();
  await deps.close();
  return seconds;
}

/** Seconds from the first request until every incident that follows can be queried, at the latest data time. */
export async function measureEndToEnd({ directory, databaseUrl, batches, senders, meter }: IngestRun): Promise<number> {
  const server = await startServer({ dataDir: join(directory, 'data'), databaseUrl, port: 0, host: '127.0.0.1', logger });
  const key = await createKey(server.deps, 'bench');
  const start = meter();
  await sendAll(`${server.url}/v1/observations`, key, batches, senders);
  await server.idle();
  const seconds = meter() - start;
  const [incident] = await server.deps.store.incidents({ limit: 1 });
  if (incident === undefined) throw new Error('no incident came out: the figure would be worth nothing');
  await server.close();
  return seconds;
}
