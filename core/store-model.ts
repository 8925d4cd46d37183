import type { Incident } from './incident/incident.ts';
import type { Fold } from './fold/fold.ts';
import type { Symptom } from './incident/vocabulary.ts';
import type { Observation } from './wire/observation.ts';

/** Shapes that pass between use cases and the store; rows are mapped to them, never shown. */

/** The unit of incident building: one topmost controller of one namespace of one cluster. */
export interface WorkloadKey {
  readonly cluster: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

/** What the incidents of a workload are built from, as far as it must be read. */
export interface UnfoldedObservations {
  readonly observations: readonly Observation[];
  /** Present where objects were left out. */
  readonly fold?: Fold;
}

/** A workload as of one version of its set of observations; the version grows with every change. */
export interface WorkloadVersion extends WorkloadKey {
  readonly version: number;
}

export interface RejectedLine {
  readonly line: number;
  readonly reason: string;
}

export interface BatchRow {
  /** `<cluster>/<SHA-256 of the body as sent, hex>`: two clusters may send the same bytes. */
  readonly id: string;
  readonly cluster: string;
  /** Where the redacted body lies. */
  readonly blobKey: string;
  /** Epoch milliseconds, server's clock; never reaches a document. */
  readonly receivedAt: number;
  readonly accepted: number;
  readonly rejected: readonly RejectedLine[];
  readonly collector: string;
  readonly status: 'pending' | 'processed' | 'quarantined';
  readonly reason?: string;
}

export interface IndexedBatch {
  readonly inserted: number;
  readonly duplicates: number;
  /** Workloads whose set of observations changed. */
  readonly touched: readonly WorkloadVersion[];
}

/** How far the data of a cluster reaches, epoch milliseconds. */
export interface ClusterWatermark {
  readonly cluster: string;
  readonly watermark: number;
}

/** The newest heartbeat of one collector. */
export interface CollectorBeat {
  readonly cluster: string;
  readonly name: string;
  /** Epoch milliseconds, the collector's clock. */
  readonly beatAt: number;
  /** Resources it watches. */
  readonly watches: readonly string[];
}

/** A place in the list of incidents, which is in the order of their onset, the newest first, and of their ids. */
export interface IncidentPosition {
  /** Epoch milliseconds. */
  readonly onsetAt: number;
  readonly id: string;
}

/** Some incidents of a longer list. */
export interface IncidentPage {
  readonly items: readonly Incident[];
  /** Where to go on; absent at the end. There may be more although a page is not full: a search looks at so many at a time. */
  readonly next?: IncidentPosition;
}

export interface IncidentQuery {
  readonly cluster?: string;
  readonly namespace?: string;
  readonly workload?: { readonly kind: string; readonly name: string };
  readonly pod?: string;
  readonly status?: 'open' | 'recovered' | 'ended';
  readonly symptom?: Symptom;
  /** Anywhere in the incident: names, images, causes, ids. Case does not matter. */
  readonly text?: string;
  /** Only what comes behind, in the order of the list. */
  readonly after?: IncidentPosition;
  /** Epoch milliseconds: incidents that were not over before. */
  readonly since?: number;
  readonly limit?: number;
}

/** What a credential may do: a collector writes, people and scripts read. */
export type Scope = 'read' | 'write';

export interface ApiKey {
  /** SHA-256 of the key, hex: the key itself is stored nowhere. */
  readonly keyHash: string;
  /** The cluster it stands for, or `*`: every cluster, for reading only. */
  readonly cluster: string;
  readonly scopes: readonly Scope[];
  /** Epoch milliseconds, server's clock. */
  readonly createdAt: number;
  readonly revokedAt?: number;
}

/** A document as it was stored once: the first of an incident and a kind is 1, the one in force the last. */
export interface DocumentVersion extends Pick<StoredDocument, 'watermark' | 'inputHash'> {
  readonly version: number;
}

export interface StoredDocument {
  readonly kind: 'timeline' | 'draft';
  readonly markdown: string;
  /** Latest data time it was made from, epoch milliseconds. */
  readonly watermark: number;
  /** SHA-256 over the ids of the observations it was made from, hex. */
  readonly inputHash: string;
}
