import { and, asc, eq, lte } from 'drizzle-orm';
import type { Connection } from '../database.ts';
import { raiseWatermark } from '../watermarks.ts';
import type { Subject } from './crowded-subjects.ts';
import { dissolveSegments } from './dissolve-segments.ts';

/** Puts the records of small segments of a subject back as rows, so that they share a segment with newer ones. */
export async function reopenSmall(tx: Connection, { cluster, namespace, subject }: Subject, atMost: number): Promise<void> {
  const { segments } = tx.tables;
  // The lock of the cluster: no batch may merge meanwhile.
  await raiseWatermark(tx, cluster, 0);
  const small = await tx.db
    .select({ id: segments.id })
    .from(segments)
    .where(
      and(eq(segments.subject, subject), eq(segments.cluster, cluster), eq(segments.namespace, namespace), lte(segments.records, atMost)),
    )
    .orderBy(asc(segments.firstAt), asc(segments.id))
    .limit(2);
  await dissolveSegments(tx, { cluster, ids: small.map(({ id }) => id) });
}
