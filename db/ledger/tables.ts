import type { pg } from '../columns.ts';

/** What is kept when raw observations are gone. Times are epoch milliseconds; an absent text that is part of a key is ''. */
export function ledgerTables(c: typeof pg) {
  return { ...deathTables(c), ...waitTables(c), ...rolloutTables(c), ...trendTables(c) };
}

function place(c: typeof pg) {
  return {
    cluster: c.text('cluster').notNull(),
    namespace: c.text('namespace').notNull(),
    workloadKind: c.text('workload_kind').notNull(),
    workloadName: c.text('workload_name').notNull(),
  };
}

function image(c: typeof pg) {
  return {
    imageRef: c.text('image_ref').notNull(),
    repository: c.text('repository').notNull(),
    tag: c.text('tag'),
    digest: c.text('digest'),
  };
}

function deathTables(c: typeof pg) {
  const terminations = c.table(
    'terminations',
    {
      finishedAt: c.integer('finished_at').notNull(),
      evidence: c.text('evidence').notNull(),
      ...place(c),
      pod: c.text('pod').notNull(),
      podUid: c.text('pod_uid').notNull(),
      container: c.text('container').notNull(),
      containerRole: c.text('container_role').notNull(),
      containerID: c.text('container_id').notNull(),
      ...image(c),
      revision: c.text('revision'),
      revisionHash: c.text('revision_hash'),
      node: c.text('node'),
      exitCode: c.integer('exit_code').notNull(),
      signal: c.text('signal'),
      reason: c.text('reason').notNull(),
      expected: c.flag('expected').notNull(),
      symptom: c.text('symptom'),
      cause: c.text('cause'),
      memoryDeath: c.text('memory_death'),
      memoryLimit: c.text('memory_limit'),
      memoryRequest: c.text('memory_request'),
      peakBytes: c.integer('peak_bytes'),
      startedAt: c.integer('started_at'),
      livedSeconds: c.integer('lived_seconds'),
      incident: c.text('incident'),
      seenAt: c.integer('seen_at').notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.finishedAt, t.evidence, t.cluster] }),
      c.index('terminations_workload').on(t.workloadName, t.namespace, t.workloadKind, t.cluster, t.finishedAt),
      c.index('terminations_digest').on(t.digest, t.finishedAt),
    ],
  );
  return { terminations };
}

function waitTables(c: typeof pg) {
  const waits = c.table(
    'waits',
    {
      fromAt: c.integer('from_at').notNull(),
      evidence: c.text('evidence').notNull(),
      ...place(c),
      kind: c.text('kind').notNull(),
      pod: c.text('pod'),
      container: c.text('container').notNull(),
      ...image(c),
      revisionHash: c.text('revision_hash'),
      node: c.text('node'),
      symptom: c.text('symptom').notNull(),
      cause: c.text('cause').notNull(),
      untilAt: c.integer('until_at'),
      incident: c.text('incident'),
      seenAt: c.integer('seen_at').notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.fromAt, t.evidence, t.container, t.cluster] }),
      c.index('waits_workload').on(t.workloadName, t.namespace, t.workloadKind, t.cluster, t.fromAt),
      c.index('waits_digest').on(t.digest, t.fromAt),
    ],
  );
  return { waits };
}

function rolloutTables(c: typeof pg) {
  /** One row for each container of a revision. */
  const rollouts = c.table(
    'rollouts',
    {
      at: c.integer('at').notNull(),
      evidence: c.text('evidence').notNull(),
      container: c.text('container').notNull(),
      ...place(c),
      kind: c.text('kind').notNull(),
      ...image(c),
      failed: c.flag('failed').notNull(),
      seenAt: c.integer('seen_at').notNull(),
      body: c.text('body').notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.at, t.evidence, t.container, t.cluster] }),
      c.index('rollouts_workload').on(t.workloadName, t.namespace, t.workloadKind, t.cluster, t.at),
      c.index('rollouts_image').on(t.repository, t.tag),
      c.index('rollouts_digest').on(t.digest),
      c.index('rollouts_kind').on(t.kind, t.at),
    ],
  );
  /** One row for each image that a container of a pod ran. */
  const podRuns = c.table(
    'pod_runs',
    {
      fromAt: c.integer('from_at').notNull(),
      podUid: c.text('pod_uid').notNull(),
      container: c.text('container').notNull(),
      ...place(c),
      pod: c.text('pod').notNull(),
      containerRole: c.text('container_role').notNull(),
      ...image(c),
      revisionHash: c.text('revision_hash'),
      node: c.text('node'),
      /** `notGone` while the pod is there. */
      untilAt: c.integer('until_at').notNull(),
      seenAt: c.integer('seen_at').notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.fromAt, t.podUid, t.container, t.cluster] }),
      c.index('pod_runs_workload').on(t.workloadName, t.namespace, t.workloadKind, t.cluster, t.untilAt, t.fromAt),
      c.index('pod_runs_image').on(t.repository, t.tag, t.digest, t.cluster, t.fromAt, t.untilAt),
      c.index('pod_runs_digest').on(t.digest, t.untilAt, t.fromAt),
      c.index('pod_runs_until').on(t.untilAt, t.fromAt),
    ],
  );
  return { rollouts, podRuns };
}

function trendTables(c: typeof pg) {
  /** Deaths and waits by week and place, made from their rows: what trends are read from. */
  const trendWeeks = c.table(
    'trend_weeks',
    {
      subject: c.text('subject').notNull(),
      week: c.integer('week').notNull(),
      /** Hash of the place: an index over all of it would be larger than the rows, and longer than PostgreSQL takes. */
      key: c.text('key').notNull(),
      ...place(c),
      container: c.text('container').notNull(),
      imageRef: c.text('image_ref').notNull(),
      tag: c.text('tag'),
      digest: c.text('digest'),
      /** The digest, or the reference where none is known. */
      artefact: c.text('artefact').notNull(),
      mon: c.integer('mon').notNull(),
      tue: c.integer('tue').notNull(),
      wed: c.integer('wed').notNull(),
      thu: c.integer('thu').notNull(),
      fri: c.integer('fri').notNull(),
      sat: c.integer('sat').notNull(),
      sun: c.integer('sun').notNull(),
      /** JSON, see `TrendColumns` of core. */
      columns: c.text('columns').notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.subject, t.week, t.key] }),
      c.index('trend_weeks_workload').on(t.workloadName, t.namespace, t.workloadKind, t.cluster, t.week),
      c.index('trend_weeks_artefact').on(t.artefact, t.subject, t.week),
    ],
  );
  /** Weeks of workloads whose rows changed after {@link trendWeeks} was made from them. */
  const trendMarks = c.table('trend_marks', { ...place(c), week: c.integer('week').notNull() }, (t) => [
    c.primaryKey({ columns: [t.workloadName, t.namespace, t.workloadKind, t.week, t.cluster] }),
  ]);
  return { trendWeeks, trendMarks };
}
