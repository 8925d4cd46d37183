import type {
  ApiKey,
  BatchRow,
  DocumentVersion,
  ClusterWatermark,
  CollectorBeat,
  IncidentPage,
  IncidentQuery,
  IndexedBatch,
  StoredDocument,
  UnfoldedObservations,
  WorkloadKey,
  WorkloadVersion,
} from './store-model.ts';
import type { Incident } from './incident/incident.ts';
import type { WorkloadLedger } from './ledger/workload-ledger.ts';
import type { CoverageObservation } from './wire/coverage.ts';
import type { Observation } from './wire/observation.ts';

/** Milliseconds and timers of the outside world; tests and replay bring their own. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Logger {
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

/** Bodies of batches, write-once. */
export interface BlobStore {
  /** Durable when it resolves: a crash afterwards loses nothing. Putting the same key again is a success. */
  put(key: string, body: Uint8Array): Promise<void>;
  /** @throws {MortemError} `not-found` */
  get(key: string): Promise<Uint8Array>;
  delete(key: string): Promise<void>;
}

/** At-least-once hand-over from accept to process. */
export interface Queue {
  send(batchId: string): Promise<void>;
}

/** Messages that could not be processed, kept for a person to look at. */
export interface DeadLetters {
  put(body: string, reason: string): Promise<void>;
}

/** The index over everything: batches, observations, incidents, documents, credentials. */
export interface IncidentStore {
  /** Idempotent. `duplicate` when the batch is known already, in whatever state. */
  insertBatch(batch: BatchRow): Promise<'inserted' | 'duplicate'>;
  batch(id: string): Promise<BatchRow | undefined>;
  /** Batches that were acknowledged but not processed, oldest first. */
  pendingBatches(limit: number): Promise<readonly BatchRow[]>;
  finishBatch(
    id: string,
    outcome: { readonly status: 'processed' } | { readonly status: 'quarantined'; readonly reason: string },
  ): Promise<void>;
  /** Batches that were set aside, each with its reason, oldest first. */
  quarantinedBatches(limit: number): Promise<readonly BatchRow[]>;
  /** Makes a quarantined batch pending again; any other stays as it is. */
  requeueBatch(id: string): Promise<void>;

  /**
   * Merges observations by id in one transaction and says which workloads now need another look.
   *
   * @param batchId is processed when that transaction is committed
   */
  indexObservations(cluster: string, observations: readonly Observation[], batchId?: string): Promise<IndexedBatch>;
  /** Everything the incidents of a workload are a function of: its own, its pods', owners', events' and nodes' records. */
  observationsOf(workload: WorkloadKey): Promise<readonly Observation[]>;
  /** The same without the objects that the last {@link saveIncidents} folded; all of it where nothing is folded, or was touched since. */
  unfoldedObservationsOf(workload: WorkloadKey): Promise<UnfoldedObservations>;
  /** Everything that names one object by its uid: states, events and logs of a pod. */
  observationsAbout(cluster: string, uid: string): Promise<readonly Observation[]>;
  /** What collectors said of themselves since then, heartbeats left out, epoch milliseconds, oldest first: of one cluster, or of all. */
  coverageSince(since: number, cluster?: string): Promise<readonly CoverageObservation[]>;
  /** Every cluster that ever sent something, by name. */
  clusters(): Promise<readonly ClusterWatermark[]>;
  /** Every collector that ever said that it watches, by cluster and name. */
  collectors(): Promise<readonly CollectorBeat[]>;
  /** Latest data time of the cluster, epoch milliseconds; 0 before any. */
  watermark(cluster: string): Promise<number>;
  /**
   * Workloads whose incidents the passing of data time alone can change (recovered and not settled, or near an opening threshold)
   * and that were last evaluated at an earlier watermark. Of one cluster, or of all.
   */
  unsettledWorkloads(cluster?: string): Promise<readonly WorkloadVersion[]>;
  /** Workloads that changed and whose incidents were never saved since: what a crash between index and save leaves to do. */
  staleWorkloads(limit: number): Promise<readonly WorkloadVersion[]>;
  /** Every workload that was ever seen, in the order of its key: new rules look at all of them again. */
  allWorkloads(): Promise<readonly WorkloadVersion[]>;

  /**
   * Replaces all incidents of the workload, and their documents, in one transaction. `outdated`, and nothing is saved, when
   * the workload changed after the given version, or was already evaluated at a later watermark: whoever did that saves.
   */
  saveIncidents(
    workload: WorkloadVersion,
    incidents: readonly { readonly incident: Incident; readonly documents: readonly StoredDocument[] }[],
    watermark: number,
    /**
     * Replaces the workload's rows of the ledger in the same transaction, but for those whose records are gone. With a fold since some
     * time, incidents and rows of the time before stay as they are; `outdated` when another fold has taken its place meanwhile.
     */
    ledger?: WorkloadLedger,
  ): Promise<'saved' | 'outdated'>;
  incidents(query: IncidentQuery): Promise<readonly Incident[]>;
  /** The same, at most so many at a time, and never longer than a search over the newest ten thousand takes. */
  incidentPage(query: IncidentQuery & { readonly limit: number }): Promise<IncidentPage>;
  /**
   * By its id, an older id, or a unique prefix.
   *
   * @throws {MortemError} `conflict` when several incidents match
   */
  incident(idOrPrefix: string): Promise<Incident | undefined>;
  /** All that answer to exactly this id, by id: several where workloads share the record that it is made of. */
  incidentsNamed(id: string): Promise<readonly Incident[]>;
  /** The one in force, or an earlier one by its number. */
  document(incidentId: string, kind: StoredDocument['kind'], version?: number): Promise<StoredDocument | undefined>;
  /** Every version that was ever in force, oldest first, under whatever id the incident had then. */
  documentVersions(incidentId: string, kind: StoredDocument['kind']): Promise<readonly DocumentVersion[]>;
  /** Records whose evidence id starts with the prefix; at most `limit`. */
  evidence(prefix: string, limit: number): Promise<readonly { readonly evidenceId: string; readonly observation: Observation }[]>;

  /** Also one that was revoked: the caller says so. */
  apiKey(keyHash: string): Promise<ApiKey | undefined>;
  /** All that were ever made, oldest first. */
  apiKeys(): Promise<readonly ApiKey[]>;
  /** A hash that is known keeps its first row. */
  addKey(key: ApiKey): Promise<void>;
  /** Of a key that was revoked before, the first time stays. */
  revokeKey(keyHash: string, revokedAt: number): Promise<void>;
  close(): Promise<void>;
}

/** Takes what is old out of the index, some of it at a time. Ages are counted back from the data time of each cluster. */
export interface RetentionStore {
  /**
   * Removes records of observations. A workload whose incident is not over keeps its own from a day before the onset, however
   * old. Incidents, documents and ledgers that were made of what is gone stay as they are.
   */
  expireObservations(olderThanMs: number, limit: number): Promise<Expired>;
  /** Removes incidents that were over before, their documents, and the rows of ledgers. */
  expireIncidents(olderThanMs: number, limit: number): Promise<Expired>;
  /** Batches that were received before that time of the server's clock and are processed, oldest first. */
  processedBatches(receivedBefore: number, limit: number): Promise<readonly BatchRow[]>;
  /** After their bodies: a row without a body is a batch that cannot be read, a body without a row only a leftover. */
  removeBatches(ids: readonly string[]): Promise<void>;
}

/** Makes what is kept smaller, some of it at a time. Every reader sees the same before, after and in between. */
export interface CompactionStore {
  /**
   * Folds old records of objects that have many into segments.
   *
   * @param now epoch milliseconds: the last hours stay as they are
   * @param limit of segments to be written
   */
  compactObservations(now: number, limit: number): Promise<Compacted>;
  /** Gives what nothing uses back to the disk, a little at a time; bytes. */
  releaseSpace(): Promise<number>;
  /** Processed batches of a span of the server's clock that rejected no line, oldest first. */
  smallBatches(span: ReceivedSpan, limit: number): Promise<readonly BatchRow[]>;
  /** Adds a batch whose body holds those of its members; `outdated`, and nothing, when one of those has changed or is gone. */
  addMergedBatch(merged: BatchRow, members: readonly BatchRow[]): Promise<'added' | 'outdated'>;
  /** After their bodies; one that has another body by now stays. */
  removeMembers(members: readonly BatchRow[]): Promise<void>;
}

export interface ReceivedSpan {
  /** Epoch milliseconds; the span includes its beginning and not its end. */
  readonly from: number;
  readonly until: number;
  /** Batches with more are left out. */
  readonly mostRecords: number;
}

export interface Compacted {
  readonly segments: number;
  readonly records: number;
  /** True when there is more to do at once. */
  readonly more: boolean;
}

export interface Expired {
  readonly removed: number;
  /** True when the limit was reached first. */
  readonly more: boolean;
}

/** What is to be removed for good: of one cluster, of one namespace of it, of a span of data time, or both. */
export interface PurgeScope {
  readonly cluster: string;
  readonly namespace?: string;
  /** Epoch milliseconds; the span includes its beginning and not its end. */
  readonly from?: number;
  readonly until?: number;
}

/** Rows of the index by what they hold. */
export interface PurgeCounts {
  readonly observations: number;
  readonly incidents: number;
  readonly ledger: number;
}

/** Removes on demand what retention would remove in time. */
export interface PurgeStore {
  /** What {@link purgeIndex} would remove. */
  countIndex(scope: PurgeScope): Promise<PurgeCounts>;
  /**
   * Removes records, incidents with their documents, and ledgers, in steps. Workloads that lost some of their records only are
   * marked, and built again from the rest.
   */
  purgeIndex(scope: PurgeScope): Promise<PurgeCounts>;
  /** Batches of the cluster in any state, in the order of their ids. */
  batchesOf(cluster: string, after: string, limit: number): Promise<readonly BatchRow[]>;
  /** The batch now has so many observations, in another blob. */
  moveBatch(id: string, blob: { readonly blobKey: string; readonly accepted: number }): Promise<void>;
  removeBatches(ids: readonly string[]): Promise<void>;
}

/** Rows and bytes of a database. */
export interface StorageMeasure {
  /** Of the whole database, indexes included. */
  readonly bytes: number;
  readonly observations: number;
  readonly observationsOfLastDay: number;
  readonly incidents: number;
  readonly terminations: number;
}
