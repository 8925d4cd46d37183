import { and, asc, eq, lt, notExists, sql } from 'drizzle-orm';
import type { Expired } from '#core/ports.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import type { Connection } from '../database.ts';
import { dissolveSegments } from '../segments/dissolve-segments.ts';
import { readLatestWatermark } from '../watermarks.ts';
import { isObjectOf } from '../workload-key.ts';

/** Of some hundred records each: others wait for the transaction. */
const segmentsAtOnce = 4;

/**
 * Puts the records of the workload's oldest segments back as rows, which then go with the others.
 *
 * @returns up to which time there are no segments any more, and whether there was one
 */
export async function dissolveOldest(
  tx: Connection,
  workload: WorkloadKey,
  until: number,
): Promise<{ readonly until: number; readonly dissolved: boolean }> {
  const { segments, objects } = tx.tables;
  const oldest = await tx.db
    .select({ id: segments.id, firstAt: segments.firstAt })
    .from(objects)
    .innerJoin(segments, and(eq(segments.cluster, objects.cluster), eq(segments.subject, objects.uid)))
    .where(and(isObjectOf(objects, workload), lt(segments.firstAt, until)))
    .orderBy(asc(segments.firstAt), asc(segments.id))
    .limit(segmentsAtOnce + 1);
  const ids = oldest.slice(0, segmentsAtOnce).map(({ id }) => id);
  await dissolveSegments(tx, { cluster: workload.cluster, ids });
  return { until: oldest[segmentsAtOnce]?.firstAt ?? until, dissolved: ids.length > 0 };
}

/** Segments of objects that nobody is known to own, once their last record is too old. */
export async function trimSharedSegments(tx: Connection, olderThanMs: number): Promise<Expired> {
  const { segments, objects, watermarks } = tx.tables;
  const latest = await readLatestWatermark(tx);
  const owned = tx.db
    .select({ uid: objects.uid })
    .from(objects)
    .where(and(eq(objects.uid, segments.subject), eq(objects.cluster, segments.cluster)));
  const old = await tx.db
    .select({ cluster: segments.cluster, id: segments.id })
    .from(segments)
    .innerJoin(watermarks, eq(watermarks.cluster, segments.cluster))
    .where(
      and(
        // By the index; the exact time of each cluster is behind it.
        lt(segments.lastAt, latest - olderThanMs),
        lt(segments.lastAt, sql`${watermarks.at} - ${olderThanMs}`),
        notExists(owned),
      ),
    )
    .limit(segmentsAtOnce);
  let removed = 0;
  for (const { cluster, id } of old) removed += await dissolveSegments(tx, { cluster, ids: [id] }, () => false);
  return { removed, more: old.length === segmentsAtOnce };
}
