import { createKey } from '../../../functions/usecases/create-key.ts';
import { runRound } from '../../../functions/usecases/run-round.ts';
import { startServer, type RunningServer } from '../../../functions/serve.ts';
import { sendAll, type SentBatch } from '../batches.ts';
import { clockWithoutSchedule } from '../held-schedule.ts';
import type { Meter } from '../meter.ts';
import { strictLogger as logger } from '../strict-logger.ts';

/** Where a store lies, and how many observations it holds. */
export interface StoredPlace {
  readonly size: number;
  readonly dataDir: string;
  readonly databaseUrl?: string;
}

/** A server over a store that keeps everything, and what was measured of it so far, in seconds. */
export interface GrowingStore {
  readonly size: number;
  readonly server: RunningServer;
  readonly key: string;
  readonly spent: { burst: number; minute: number };
}

const senders = 4;
const forEver = { batchesMs: undefined, observationsMs: undefined, incidentsMs: undefined };

export async function openGrowing({ size, dataDir, databaseUrl }: StoredPlace): Promise<GrowingStore> {
  const server = await startServer({
    dataDir,
    databaseUrl,
    port: 0,
    host: '127.0.0.1',
    logger,
    batchesPerSecond: 0,
    clock: clockWithoutSchedule,
    retention: forEver,
  });
  return { size, server, key: await createKey(server.deps, 'bench'), spent: { burst: 0, minute: 0 } };
}

/** From the first request until all of it can be queried. */
export async function sendBurst({ server, key }: GrowingStore, batches: readonly SentBatch[]): Promise<void> {
  await sendAll(`${server.url}/v1/observations`, key, batches, senders);
  await server.idle();
}

/** A burst, and the minute of the schedule that comes after it. */
export async function measureMinute(store: GrowingStore, batches: readonly SentBatch[], meter: Meter): Promise<void> {
  const start = meter();
  await sendBurst(store, batches);
  const sent = meter();
  await runRound(store.server.deps);
  store.spent.burst += sent - start;
  store.spent.minute += meter() - sent;
}
