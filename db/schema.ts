import { sql } from 'drizzle-orm';
import { pg, sqlite } from './columns.ts';
import { ledgerTables } from './ledger/tables.ts';
import { segmentTables } from './segments/tables.ts';

/**
 * All tables, written once and typed as PostgreSQL's. No foreign keys, sequences or database-made ids: what a
 * distributed engine lacks is not used. Keys grow with the cluster's own time, so that inserts stay at the end of an index.
 * The cluster comes last in an index: in front it would look selective to a planner without statistics, and never is.
 */
export function defineTables(c: typeof pg) {
  return {
    ...batchTables(c),
    ...recordTables(c),
    ...segmentTables(c),
    ...objectTables(c),
    ...incidentTables(c),
    ...clusterTables(c),
    ...ledgerTables(c),
  };
}

function batchTables(c: typeof pg) {
  const batches = c.table(
    'batches',
    {
      id: c.text('id').primaryKey(),
      cluster: c.text('cluster').notNull(),
      blobKey: c.text('blob_key').notNull(),
      receivedAt: c.integer('received_at').notNull(),
      accepted: c.integer('accepted').notNull(),
      /** JSON list of {line, reason}. */
      rejected: c.text('rejected').notNull(),
      collector: c.text('collector').notNull(),
      status: c.text('status').notNull(),
      reason: c.text('reason'),
    },
    (t) => [
      c
        .index('batches_pending')
        .on(t.receivedAt)
        .where(sql`status = 'pending'`),
      c
        .index('batches_quarantined')
        .on(t.receivedAt)
        .where(sql`status = 'quarantined'`),
      c
        .index('batches_processed')
        .on(t.receivedAt)
        .where(sql`status = 'processed'`),
    ],
  );
  return { batches };
}

function recordTables(c: typeof pg) {
  const observations = c.table(
    'observations',
    {
      cluster: c.text('cluster').notNull(),
      /** See observation-key.ts. */
      key: c.text('key').notNull(),
      kind: c.text('kind').notNull(),
      namespace: c.text('namespace').notNull(),
      /** See subject.ts. */
      subject: c.text('subject').notNull(),
      observedAt: c.integer('observed_at').notNull(),
      hour: c.integer('hour').notNull(),
      evidence: c.text('evidence').notNull(),
      body: c.text('body').notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.key, t.cluster] }),
      c.index('observations_subject').on(t.subject, t.cluster),
      // The hour in front keeps the random evidence ids of one hour together: old pages are never dirtied again.
      c.index('observations_evidence').on(t.hour, t.evidence),
    ],
  );
  const deaths = c.table(
    'deaths',
    {
      hour: c.integer('hour').notNull(),
      evidence: c.text('evidence').notNull(),
      cluster: c.text('cluster').notNull(),
      observedAt: c.integer('observed_at').notNull(),
      /** Key of the earliest observation that carries the death. */
      key: c.text('key').notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.hour, t.evidence, t.cluster] })],
  );
  return { observations, deaths };
}

function objectTables(c: typeof pg) {
  /** Which workload a uid belongs to, learned from pods, logs and controllers in whatever order they come. */
  const objects = c.table(
    'objects',
    {
      cluster: c.text('cluster').notNull(),
      uid: c.text('uid').notNull(),
      nameKey: c.text('name_key').notNull(),
      namespace: c.text('namespace').notNull(),
      workloadKind: c.text('workload_kind').notNull(),
      workloadName: c.text('workload_name').notNull(),
      /** Owners between the object and its workload: who could resolve more owners is believed. */
      depth: c.integer('depth').notNull(),
      /** Data time of the object's end, or `notGone`. */
      goneAt: c.integer('gone_at').notNull(),
      /** Its records need not be read to build its workload, as long as that has a fold. */
      folded: c.flag('folded').notNull().default(false),
    },
    (t) => [
      c.primaryKey({ columns: [t.uid, t.cluster] }),
      c.index('objects_workload').on(t.workloadName, t.namespace, t.workloadKind, t.cluster, t.folded),
      c.index('objects_name').on(t.nameKey, t.cluster),
    ],
  );
  /** Nodes and claims a pod refers to, by their name key. */
  const links = c.table(
    'links',
    { cluster: c.text('cluster').notNull(), uid: c.text('uid').notNull(), target: c.text('target').notNull() },
    (t) => [c.primaryKey({ columns: [t.uid, t.target, t.cluster] }), c.index('links_target').on(t.target, t.cluster)],
  );
  const workloads = c.table(
    'workloads',
    {
      cluster: c.text('cluster').notNull(),
      namespace: c.text('namespace').notNull(),
      kind: c.text('kind').notNull(),
      name: c.text('name').notNull(),
      /** Grows with every change of the workload's set of observations. */
      version: c.integer('version').notNull(),
      /** True from a change until incidents made from it are saved: what a crash in between leaves to do. */
      stale: c.flag('stale').notNull(),
      unsettled: c.flag('unsettled').notNull(),
      /** Data times of its first and last record. */
      firstAt: c.integer('first_at').notNull(),
      lastAt: c.integer('last_at').notNull(),
      /** Data time until which a threshold can still be crossed with no further record. */
      activeUntil: c.integer('active_until').notNull(),
      /** Watermark of the saved incidents. */
      evaluatedAt: c.integer('evaluated_at').notNull(),
      /** Its own records before this data time are gone; what was made of them stays as it is. */
      expiredBefore: c.integer('expired_before').notNull().default(0),
      /** See core/fold; 0 where the next build reads everything. */
      foldedBefore: c.integer('folded_before').notNull().default(0),
      foldHash: c.text('fold_hash').notNull().default(''),
    },
    (t) => [
      c.primaryKey({ columns: [t.cluster, t.namespace, t.kind, t.name] }),
      c
        .index('workloads_stale')
        .on(t.cluster)
        .where(sql`stale`),
      c
        .index('workloads_undecided')
        .on(t.cluster)
        .where(sql`unsettled or evaluated_at < active_until`),
      c.index('workloads_first').on(t.firstAt),
    ],
  );
  return { objects, links, workloads };
}

function incidentTables(c: typeof pg) {
  const incidents = c.table(
    'incidents',
    {
      id: c.text('id').primaryKey(),
      cluster: c.text('cluster').notNull(),
      namespace: c.text('namespace').notNull(),
      workloadKind: c.text('workload_kind').notNull(),
      workloadName: c.text('workload_name').notNull(),
      status: c.text('status').notNull(),
      onsetAt: c.integer('onset_at').notNull(),
      /** Data time of its end, or `notGone` while it is open. */
      overAt: c.integer('over_at').notNull(),
      body: c.text('body').notNull(),
    },
    (t) => [
      c.index('incidents_workload').on(t.workloadName, t.namespace, t.workloadKind, t.cluster),
      c.index('incidents_onset').on(t.onsetAt),
      c.index('incidents_over').on(t.overAt),
    ],
  );
  /** Every id an incident answers to, its own included. */
  const incidentIds = c.table('incident_ids', { alias: c.text('alias').notNull(), incidentId: c.text('incident_id').notNull() }, (t) => [
    c.primaryKey({ columns: [t.alias, t.incidentId] }),
    c.index('incident_ids_incident').on(t.incidentId),
  ]);
  const documents = c.table(
    'documents',
    {
      incidentId: c.text('incident_id').notNull(),
      kind: c.text('kind').notNull(),
      markdown: c.text('markdown').notNull(),
      watermark: c.integer('watermark').notNull(),
      inputHash: c.text('input_hash').notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.incidentId, t.kind] })],
  );
  /** What {@link documents} held before a late record changed it, filed under the id the incident had then. */
  const documentVersions = c.table(
    'document_versions',
    {
      incidentId: c.text('incident_id').notNull(),
      kind: c.text('kind').notNull(),
      version: c.integer('version').notNull(),
      /** For removal by place: its incident may be gone. */
      cluster: c.text('cluster').notNull(),
      namespace: c.text('namespace').notNull(),
      markdown: c.text('markdown').notNull(),
      watermark: c.integer('watermark').notNull(),
      inputHash: c.text('input_hash').notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.incidentId, t.kind, t.version] })],
  );
  return { incidents, incidentIds, documents, documentVersions };
}

function clusterTables(c: typeof pg) {
  const watermarks = c.table('watermarks', { cluster: c.text('cluster').primaryKey(), at: c.integer('at').notNull() });
  const apiKeys = c.table('api_keys', {
    keyHash: c.text('key_hash').primaryKey(),
    cluster: c.text('cluster').notNull(),
    /** Words with a space between. Keys of earlier versions could do both. */
    scopes: c.text('scopes').notNull().default('read write'),
    createdAt: c.integer('created_at').notNull().default(0),
    revokedAt: c.integer('revoked_at'),
  });
  /** The newest heartbeat of each collector: who watches a cluster, and what. */
  const collectors = c.table(
    'collectors',
    {
      cluster: c.text('cluster').notNull(),
      name: c.text('name').notNull(),
      beatAt: c.integer('beat_at').notNull(),
      /** JSON list of resources. */
      watches: c.text('watches').notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.cluster, t.name] })],
  );
  return { watermarks, apiKeys, collectors };
}

export type Tables = ReturnType<typeof defineTables>;

export const postgresTables: Tables = defineTables(pg);

// The single cast between the dialects: both column sets build the same columns under the same names (test/db/schema.test.ts).
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
export const sqliteTables: Tables = defineTables(sqlite as unknown as typeof pg);
