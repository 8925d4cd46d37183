import { and, eq } from 'drizzle-orm';
import type { Observation } from '#core/wire/observation.ts';
import type { Connection } from './database.ts';
import { mergeRecords } from './merge-records.ts';
import { unpackObservation } from './observation-body.ts';
import { recordsIn } from './segments/read-segments.ts';

/** Everything that names one object by its uid. */
export async function readObservationsAbout(
  { db, tables: { observations, segments } }: Connection,
  cluster: string,
  uid: string,
): Promise<readonly Observation[]> {
  const rows = await db
    .select({ key: observations.key, body: observations.body })
    .from(observations)
    .where(and(eq(observations.cluster, cluster), eq(observations.subject, uid)));
  const compacted = await db
    .select({ body: segments.body })
    .from(segments)
    .where(and(eq(segments.cluster, cluster), eq(segments.subject, uid)));
  const single = rows.map(({ key, body }) => ({ key, observation: unpackObservation(body) }));
  return mergeRecords([...(await recordsIn(compacted)), ...single]).map(({ observation }) => observation);
}
