import type { pg } from '../columns.ts';

/**
 * Older records of objects that have many: compressed together, since most of a record repeats the one before. A segment reads
 * without any other row, so that removing one never makes another unreadable.
 */
export function segmentTables(c: typeof pg) {
  const segments = c.table(
    'segments',
    {
      cluster: c.text('cluster').notNull(),
      /** Hash of its records. */
      id: c.text('id').notNull(),
      namespace: c.text('namespace').notNull(),
      /** Of every record in it: a uid, see ../subject.ts. */
      subject: c.text('subject').notNull(),
      records: c.integer('records').notNull(),
      /** `observedAt` of its earliest and its latest record. */
      firstAt: c.integer('first_at').notNull(),
      lastAt: c.integer('last_at').notNull(),
      /** See segment-body.ts. */
      body: c.bytes('body').notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.id, t.cluster] }),
      c.index('segments_subject').on(t.subject, t.cluster),
      c.index('segments_last').on(t.lastAt),
    ],
  );
  /** In which segments a record, or the first sight of a death, is to be found. */
  const segmentEvidence = c.table(
    'segment_evidence',
    {
      hour: c.integer('hour').notNull(),
      evidence: c.text('evidence').notNull(),
      cluster: c.text('cluster').notNull(),
      segment: c.text('segment').notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.hour, t.evidence, t.cluster, t.segment] })],
  );
  /** Hours of data time whose rows changed after compaction looked at them last, see changed-hours.ts. */
  const changedHours = c.table(
    'changed_hours',
    { hour: c.integer('hour').notNull(), cluster: c.text('cluster').notNull(), taken: c.flag('taken').notNull() },
    (t) => [c.primaryKey({ columns: [t.hour, t.cluster] })],
  );
  return { segments, segmentEvidence, changedHours };
}
