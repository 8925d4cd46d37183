import { redactObservation } from '#core/redact/redact-observation.ts';
import { reportWorkload } from '#core/report/report-workload.ts';
import type { HashText } from '#core/wire/observation-id.ts';
import type { BlobStore, Clock, CompactionStore, IncidentStore, Logger, Queue, RetentionStore } from '#core/ports.ts';
import { createCompactionStore } from '../db/compaction-store.ts';
import { createIncidentStore } from '../db/incident-store.ts';
import { createLedgerStore } from '../db/ledger-store.ts';
import { nodeHash } from '../db/node-hash.ts';
import { openPostgres } from '../db/open-postgres.ts';
import { createRetentionStore } from '../db/retention/retention-store.ts';
import { createIdentify } from './adapters/create-identify.ts';
import { createJsonLogger } from './adapters/json-logger.ts';
import { createLazyS3BlobStore } from './adapters/lazy-s3-blob-store.ts';
import { notifiedQueue } from './adapters/notified-queue.ts';
import { createRateLimit } from './adapters/rate-limit.ts';
import { createRecentRecords } from './usecases/recent-records.ts';
import { createSealedSessions } from './adapters/sealed-sessions.ts';
import { createSchemaReadiness } from './adapters/schema-readiness.ts';
import { systemClock } from './adapters/system-clock.ts';
import type { AppDeps } from './app.ts';
import { defaultBatchesPerSecond, defaultRetention, requireSetting, type Settings } from './config.ts';
import type { Retention } from './usecases/expire.ts';

export interface LambdaDeps extends AppDeps {
  readonly store: IncidentStore;
  readonly retained: RetentionStore;
  readonly compaction: CompactionStore;
  readonly mergesBodies: boolean;
  readonly retention: Retention;
  readonly blobs: BlobStore;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly report: typeof reportWorkload;
  readonly hash: HashText;
  readonly takeAccepted: () => undefined;
}

/** An instance answers one event at a time: one client for what reads, one for what writes. */
const maxConnections = 2;

/**
 * Picks the adapters of a function: PostgreSQL and S3. Nothing native, nothing that outlives an event.
 *
 * @throws {MortemError} `usage` when one of them is not named
 */
export function composeLambda(settings: Settings): LambdaDeps {
  const logger = createJsonLogger(settings.logLevel);
  const clock = systemClock;
  const database = openPostgres({
    url: requireSetting(settings.databaseUrl, 'MORTEM_DATABASE_URL'),
    maxConnections,
    onConnectionLost: ({ message }) => logger.warn('database-connection-lost', { reason: message }),
  });
  const store = createIncidentStore(database);
  return {
    store,
    ledger: createLedgerStore(database),
    retained: createRetentionStore(database),
    compaction: createCompactionStore(database),
    mergesBodies: false,
    retention: settings.retention ?? defaultRetention,
    blobs: createLazyS3BlobStore(requireSetting(settings.bucket, 'MORTEM_BUCKET'), clock),
    queue: notifiedQueue,
    clock,
    logger,
    report: reportWorkload,
    hash: nodeHash,
    redact: redactObservation,
    keepAccepted: () => undefined,
    takeAccepted: () => undefined,
    readiness: createSchemaReadiness({ schemaState: database.schemaState, clock }),
    identify: createIdentify({ store, clock, trust: settings.trust ?? [] }),
    // Its instances bound what is taken in at once: each has one request.
    reserve: () => () => undefined,
    takeTurn: () => Promise.resolve(() => undefined),
    admit: createRateLimit(settings.batchesPerSecond ?? defaultBatchesPerSecond, clock),
    sessions: createSealedSessions(clock, settings.sessionSecret),
    recent: createRecentRecords(clock),
    openReads: false,
  };
}
