import { and, asc, eq, lte } from 'drizzle-orm';
import type { Connection } from '../database.ts';
import { observationKey } from '../observation-key.ts';
import type { StoredObservation } from '../store-observations.ts';
import { decodeSegment } from './segment-body.ts';

/** The records of these segments, by their keys. */
export async function recordsIn(segments: readonly { readonly body: Uint8Array }[]): Promise<readonly StoredObservation[]> {
  const records: StoredObservation[] = [];
  for (const { body } of segments) {
    for (const observation of await decodeSegment(body)) records.push({ key: observationKey(observation), observation });
  }
  return records;
}

export async function readSegment(
  { db, tables: { segments } }: Connection,
  cluster: string,
  id: string,
): Promise<readonly StoredObservation[]> {
  return recordsIn(
    await db
      .select({ body: segments.body })
      .from(segments)
      .where(and(eq(segments.id, id), eq(segments.cluster, cluster))),
  );
}

/** The first segment of a subject that has no more records than that. */
export async function readSmallSegments(
  { db, tables: { segments } }: Connection,
  { cluster, namespace, subject }: { readonly cluster: string; readonly namespace: string; readonly subject: string },
  atMost: number,
): Promise<{ readonly ids: readonly string[]; readonly records: readonly StoredObservation[] }> {
  const small = await db
    .select({ id: segments.id, body: segments.body })
    .from(segments)
    .where(
      and(eq(segments.subject, subject), eq(segments.cluster, cluster), eq(segments.namespace, namespace), lte(segments.records, atMost)),
    )
    .orderBy(asc(segments.firstAt), asc(segments.id))
    .limit(1);
  return { ids: small.map(({ id }) => id), records: await recordsIn(small) };
}
