import { join } from 'node:path';
import type { LedgerStore } from '#core/ledger/ledger-store.ts';
import type {
  BlobStore,
  Clock,
  CompactionStore,
  IncidentStore,
  Logger,
  PurgeStore,
  Queue,
  RetentionStore,
  StorageMeasure,
} from '#core/ports.ts';
import { maxInflatedBytes } from '#core/wire/sizes.ts';
import { redactObservation } from '#core/redact/redact-observation.ts';
import { reportWorkload } from '#core/report/report-workload.ts';
import type { HashText } from '#core/wire/observation-id.ts';
import type { WorkloadVersion } from '#core/store-model.ts';
import type { OpenDatabase } from '../db/database.ts';
import { createIncidentStore } from '../db/incident-store.ts';
import { createLedgerStore } from '../db/ledger-store.ts';
import { createCompactionStore } from '../db/compaction-store.ts';
import { measureStorage } from '../db/measure-storage.ts';
import { nodeHash } from '../db/node-hash.ts';
import { openPostgres } from '../db/open-postgres.ts';
import { openSqlite } from '../db/open-sqlite.ts';
import { createPurgeStore } from '../db/retention/purge-store.ts';
import { createRetentionStore } from '../db/retention/retention-store.ts';
import { createAcceptTurns } from './adapters/accept-turns.ts';
import { createAcceptedBatches } from './adapters/accepted-batches.ts';
import { createBodyBudget } from './adapters/body-budget.ts';
import { createIdentify } from './adapters/create-identify.ts';
import { createFileBlobStore } from './adapters/file-blob-store.ts';
import { createInlineQueue } from './adapters/inline-queue.ts';
import { createInlineRebuilder } from './adapters/inline-rebuilder.ts';
import { createJsonLogger } from './adapters/json-logger.ts';
import { createRateLimit } from './adapters/rate-limit.ts';
import { createRecentRecords } from './usecases/recent-records.ts';
import { createSealedSessions } from './adapters/sealed-sessions.ts';
import { createSessionKeys } from './adapters/session-keys.ts';
import { createLazyS3BlobStore } from './adapters/lazy-s3-blob-store.ts';
import { limitBacklog } from './adapters/limit-backlog.ts';
import { createPacedTask } from './adapters/paced-task.ts';
import { createSchemaReadiness } from './adapters/schema-readiness.ts';
import { hasSpareTime, spareTimeWindowMs } from './adapters/spare-time.ts';
import { systemClock } from './adapters/system-clock.ts';
import type { AppDeps } from './app.ts';
import { defaultBatchesPerSecond, defaultInFlightBytes, defaultRetention, type Config } from './config.ts';
import type { Retention } from './usecases/expire.ts';
import { indexBatches } from './usecases/index-batches.ts';
import { quarantineBatch } from './usecases/quarantine-batch.ts';
import { rebuildWorkloads } from './usecases/rebuild-workloads.ts';
import { reevaluate } from './usecases/reevaluate.ts';

export interface Deps extends AppDeps {
  readonly store: IncidentStore;
  readonly ledger: LedgerStore;
  readonly retained: RetentionStore;
  readonly purged: PurgeStore;
  readonly compaction: CompactionStore;
  readonly mergesBodies: boolean;
  readonly measure: () => Promise<StorageMeasure>;
  readonly retention: Retention;
  readonly blobs: BlobStore;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly report: typeof reportWorkload;
  readonly hash: HashText;
  /** A key that writes for the cluster until this process ends, and is stored nowhere. */
  readonly issueSessionKey: (cluster: string) => string;
  readonly rebuildLater: (workloads: readonly WorkloadVersion[]) => void;
  readonly reevaluateAtPace: () => Promise<void>;
  /** Resolves when everything that was accepted can be queried, at the latest data time. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface ComposeOptions {
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Reads without a key. Honoured only when the listener is known to be on loopback. */
  readonly openReads?: boolean;
  readonly listensOnLoopback?: boolean;
  readonly report?: typeof reportWorkload;
}

const reevaluationPauseMs = 1000;

/** Clients of a process that answers many at once. */
const maxConnections = 8;

/** Picks the adapters of one process: files and SQLite, or the bucket and the PostgreSQL that are named. */
export function compose(config: Config, options: ComposeOptions = {}): Deps {
  const { clock = systemClock, logger = createJsonLogger(config.logLevel), report = reportWorkload } = options;
  const database = openDatabase(config, logger);
  const store = createIncidentStore(database);
  const blobs = openBlobStore(config, clock);
  const accepted = createAcceptedBatches(config.maxInFlightBytes ?? defaultInFlightBytes);
  const sessionKeys = createSessionKeys();
  const shared = { store, blobs, clock, logger, report, hash: nodeHash, takeAccepted: accepted.take };
  const reevaluation = createPacedTask(() => reevaluate(shared), { clock, logger, minimumPauseMs: reevaluationPauseMs });
  const queue = createInlineQueue({
    process: async (ids) => {
      const { failed, touched } = await indexBatches(shared, ids);
      rebuilder.add(touched);
      return failed;
    },
    quarantine: (failed) => quarantineBatch(shared, failed),
    clock,
    logger,
  });
  const rebuilder = createInlineRebuilder({
    rebuild: (workloads) => rebuildWorkloads(shared, workloads),
    hasSpareTime,
    windowMs: spareTimeWindowMs,
    finished: reevaluation.request,
    clock,
    logger,
  });
  return {
    ...shared,
    ...storesOf(database),
    mergesBodies: config.bucket === undefined,
    retention: config.retention ?? defaultRetention,
    queue,
    sessions: createSealedSessions(clock, config.sessionSecret),
    recent: createRecentRecords(clock),
    redact: redactObservation,
    keepAccepted: accepted.keep,
    readiness: createSchemaReadiness({ schemaState: database.schemaState, clock }),
    issueSessionKey: sessionKeys.issue,
    identify: createIdentify({ store, clock, trust: config.trust ?? [], findSessionKey: sessionKeys.find }),
    reserve: createBodyBudget(config.maxInFlightBytes ?? defaultInFlightBytes),
    takeTurn: createAcceptTurns({ maxInflatedBytes: 2 * maxInflatedBytes, maxBodies: 64 }),
    admit: limitBacklog(createRateLimit(config.batchesPerSecond ?? defaultBatchesPerSecond, clock), queue.waitingOf),
    rebuildLater: rebuilder.add,
    reevaluateAtPace: reevaluation.request,
    openReads: options.openReads === true && options.listensOnLoopback === true,
    async idle() {
      await queue.idle();
      await rebuilder.idle();
      await reevaluation.flush();
    },
    async close() {
      const reevaluated = reevaluation.close();
      await queue.close();
      await rebuilder.close();
      await reevaluated;
      await store.close();
    },
  };
}

/** Beside the incidents. */
function storesOf(database: OpenDatabase): Pick<Deps, 'ledger' | 'retained' | 'purged' | 'compaction' | 'measure'> {
  return {
    ledger: createLedgerStore(database),
    retained: createRetentionStore(database),
    purged: createPurgeStore(database),
    compaction: createCompactionStore(database),
    measure: () => measureStorage(database),
  };
}

function openDatabase({ databaseUrl, dataDir, cacheBytes }: Config, logger: Logger): OpenDatabase {
  if (databaseUrl === undefined) return openSqlite(join(dataDir, 'mortem.db'), cacheBytes);
  return openPostgres({
    url: databaseUrl,
    maxConnections,
    onConnectionLost: ({ message }) => logger.warn('database-connection-lost', { reason: message }),
  });
}

function openBlobStore({ bucket, dataDir }: Config, clock: Clock): BlobStore {
  return bucket === undefined ? createFileBlobStore(join(dataDir, 'blobs')) : createLazyS3BlobStore(bucket, clock);
}
