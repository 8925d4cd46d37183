import { and, eq } from 'drizzle-orm';
import type { Observation } from '#core/wire/observation.ts';
import type { Connection } from './database.ts';
import { unpackObservation } from './observation-body.ts';

/** Everything that names one object by its uid. */
export async function readObservationsAbout(
  { db, tables: { observations } }: Connection,
  cluster: string,
  uid: string,
): Promise<readonly Observation[]> {
  const rows = await db
    .select({ body: observations.body })
    .from(observations)
    .where(and(eq(observations.cluster, cluster), eq(observations.subject, uid)));
  return rows.map(({ body }) => unpackObservation(body));
}
