import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { evidenceOf } from '#core/evidence/evidence-id.ts';
import type { Observation } from '#core/wire/observation.ts';
import type { Connection } from '../database.ts';
import { deathPlaces } from '../deaths.ts';
import { hourOf } from '../hour.ts';
import { prepared } from '../prepared.ts';
import { createRowInserter } from '../row-inserter.ts';
import { raiseWatermark } from '../watermarks.ts';
import { readSegment } from './read-segments.ts';

/** A row of `observations`, as far as it can change. */
export interface RecordRow {
  readonly key: string;
  readonly body: string;
}

export interface Segment {
  readonly cluster: string;
  readonly namespace: string;
  readonly subject: string;
  readonly rows: readonly RecordRow[];
  /** Segments whose records are in this one as well. */
  readonly replaced: readonly string[];
  readonly observations: readonly Observation[];
  readonly body: Buffer;
}

const statements = prepared((connection) => {
  const { db, tables } = connection;
  return {
    note: createRowInserter(connection, {
      name: 'insert_segment_evidence',
      columns: ['hour', 'evidence', 'cluster', 'segment'],
      insert: (rows) => db.insert(tables.segmentEvidence).values(rows).onConflictDoNothing(),
    }),
  };
});

/**
 * Puts a segment in the place of the rows and segments it was made from, at once: who reads rows first and segments then finds
 * every record in one of them.
 *
 * @returns `outdated`, and nothing is changed, when a row is another by now, or one of them is gone
 */
export async function writeSegment(tx: Connection, segment: Segment): Promise<'written' | 'outdated'> {
  const { cluster, rows, replaced } = segment;
  const { observations, segments } = tx.tables;
  // The lock of the cluster: no batch may merge meanwhile.
  await raiseWatermark(tx, cluster, 0);
  const chosen = and(
    inArray(
      observations.key,
      rows.map(({ key }) => key),
    ),
    eq(observations.cluster, cluster),
  );
  const current = await tx.db.select({ key: observations.key, body: observations.body }).from(observations).where(chosen);
  const bodies = new Map(current.map(({ key, body }) => [key, body]));
  if (rows.some(({ key, body }) => bodies.get(key) !== body)) return 'outdated';
  for (const id of replaced) if ((await readSegment(tx, cluster, id)).length === 0) return 'outdated';

  const id = segmentId(segment);
  await tx.db.delete(observations).where(chosen);
  for (const gone of replaced) await tx.db.delete(segments).where(and(eq(segments.id, gone), eq(segments.cluster, cluster)));
  // The very same records may have come, and been compacted, before.
  await tx.db.insert(segments).values(segmentRow(segment, id)).onConflictDoNothing();
  await noteEvidence(tx, segment, id);
  return 'written';
}

function segmentRow({ cluster, namespace, subject, observations, body }: Segment, id: string) {
  const times = observations.map(({ observedAt }) => Date.parse(observedAt));
  return {
    cluster,
    id,
    namespace,
    subject,
    records: observations.length,
    firstAt: Math.min(...times),
    lastAt: Math.max(...times),
    body,
  };
}

/** Under the ids of its records, and of the deaths that they are the first to show. */
async function noteEvidence(tx: Connection, { cluster, rows, replaced, observations }: Segment, segment: string): Promise<void> {
  const { deaths, segmentEvidence } = tx.tables;
  const own = observations.map((observation) => ({ hour: hourOf(Date.parse(observation.observedAt)), evidence: evidenceOf(observation) }));
  const shown = observations.flatMap(deathPlaces);
  const of = (table: typeof deaths | typeof segmentEvidence, places: readonly Place[]) =>
    and(
      inArray(table.hour, [...new Set(places.map(({ hour }) => hour))]),
      inArray(table.evidence, [...new Set(places.map(({ evidence }) => evidence))]),
      eq(table.cluster, cluster),
    );
  const keys = rows.map(({ key }) => key);
  const fromRows =
    shown.length === 0
      ? []
      : await tx.db
          .delete(deaths)
          .where(and(of(deaths, shown), inArray(deaths.key, keys)))
          .returning({ hour: deaths.hour, evidence: deaths.evidence });
  const fromSegments: Place[] = [];
  for (const gone of replaced) {
    const moved = await tx.db
      .delete(segmentEvidence)
      .where(and(of(segmentEvidence, [...own, ...shown]), eq(segmentEvidence.segment, gone)))
      .returning({ hour: segmentEvidence.hour, evidence: segmentEvidence.evidence });
    fromSegments.push(...moved);
  }
  const distinct = new Map([...own, ...fromRows, ...fromSegments].map((place) => [`${place.hour} ${place.evidence}`, place]));
  await statements(tx).note([...distinct.values()].map((place) => ({ ...place, cluster, segment })));
}

interface Place {
  readonly hour: number;
  readonly evidence: string;
}

function segmentId({ observations }: Segment): string {
  const hash = createHash('sha256');
  for (const observation of observations) hash.update(`${JSON.stringify(observation)}\n`);
  return hash.digest('hex').slice(0, 16);
}
