import { and, eq, inArray } from 'drizzle-orm';
import { evidenceOf } from '#core/evidence/evidence-id.ts';
import type { Observation } from '#core/wire/observation.ts';
import type { Connection } from '../database.ts';
import { deathPlaces, indexDeaths } from '../deaths.ts';
import { hourOf } from '../hour.ts';
import { storeObservations } from '../store-observations.ts';
import { readSegment } from './read-segments.ts';

/**
 * Removes segments and puts those of their records that `keep` chooses back as rows, as if they had just come. Whoever removes a
 * part of the records does so: within one transaction that holds the lock of the cluster, nobody can compact them again.
 *
 * @returns how many records are gone
 */
export async function dissolveSegments(
  tx: Connection,
  { cluster, ids }: { readonly cluster: string; readonly ids: readonly string[] },
  keep: (observation: Observation) => boolean = () => true,
): Promise<number> {
  let removed = 0;
  for (const id of ids) {
    const records = (await readSegment(tx, cluster, id)).map(({ observation }) => observation);
    await removeSegment(tx, { cluster, id }, records);
    const kept = records.filter(keep);
    const { changed } = await storeObservations(tx, cluster, kept);
    await indexDeaths(tx, cluster, changed);
    removed += records.length - kept.length;
  }
  return removed;
}

async function removeSegment(
  { db, tables: { segments, segmentEvidence } }: Connection,
  { cluster, id }: { readonly cluster: string; readonly id: string },
  records: readonly Observation[],
): Promise<void> {
  await db.delete(segments).where(and(eq(segments.id, id), eq(segments.cluster, cluster)));
  const places = records.flatMap((record) => [
    { hour: hourOf(Date.parse(record.observedAt)), evidence: evidenceOf(record) },
    ...deathPlaces(record),
  ]);
  await db
    .delete(segmentEvidence)
    .where(
      and(
        inArray(segmentEvidence.hour, [...new Set(places.map(({ hour }) => hour))]),
        inArray(segmentEvidence.evidence, [...new Set(places.map(({ evidence }) => evidence))]),
        eq(segmentEvidence.cluster, cluster),
        eq(segmentEvidence.segment, id),
      ),
    );
}
