import { count, gte, max } from 'drizzle-orm';
import type { StorageMeasure } from '#core/ports.ts';
import type { OpenDatabase } from './database.ts';
import { hourOf } from './hour.ts';

const dayHours = 24;

/** How much there is, and how fast it grows: by the last day of data of the cluster that is furthest ahead. */
export async function measureStorage({ read, sizeBytes }: Pick<OpenDatabase, 'read' | 'sizeBytes'>): Promise<StorageMeasure> {
  const bytes = await sizeBytes();
  return read(async ({ db, tables }) => {
    const { observations, incidents, terminations, watermarks } = tables;
    const [latest] = await db.select({ at: max(watermarks.at) }).from(watermarks);
    const [all] = await db.select({ rows: count() }).from(observations);
    const [lately] = await db
      .select({ rows: count() })
      .from(observations)
      .where(gte(observations.hour, hourOf(latest?.at ?? 0) - dayHours));
    const [reported] = await db.select({ rows: count() }).from(incidents);
    const [ended] = await db.select({ rows: count() }).from(terminations);
    return {
      bytes,
      observations: all?.rows ?? 0,
      observationsOfLastDay: lately?.rows ?? 0,
      incidents: reported?.rows ?? 0,
      terminations: ended?.rows ?? 0,
    };
  });
}
