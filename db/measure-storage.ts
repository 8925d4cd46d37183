import { count, gte, max, sum } from 'drizzle-orm';
import type { StorageMeasure } from '#core/ports.ts';
import type { OpenDatabase } from './database.ts';
import { hourOf } from './hour.ts';

const dayHours = 24;
const hourMs = 3_600_000;

/** How much there is, and how fast it grows: by the last day of data of the cluster that is furthest ahead. */
export async function measureStorage({ read, sizeBytes }: Pick<OpenDatabase, 'read' | 'sizeBytes'>): Promise<StorageMeasure> {
  const bytes = await sizeBytes();
  return read(async ({ db, tables }) => {
    const { observations, segments, incidents, terminations, watermarks } = tables;
    const [latest] = await db.select({ at: max(watermarks.at) }).from(watermarks);
    const [all] = await db.select({ rows: count() }).from(observations);
    const [compacted] = await db.select({ records: sum(segments.records).mapWith(Number) }).from(segments);
    const lastDay = hourOf(latest?.at ?? 0) - dayHours;
    const [lately] = await db.select({ rows: count() }).from(observations).where(gte(observations.hour, lastDay));
    // As if all of a segment were as old as its latest record.
    const [compactedLately] = await db
      .select({ records: sum(segments.records).mapWith(Number) })
      .from(segments)
      .where(gte(segments.lastAt, lastDay * hourMs));
    const [reported] = await db.select({ rows: count() }).from(incidents);
    const [ended] = await db.select({ rows: count() }).from(terminations);
    return {
      bytes,
      observations: (all?.rows ?? 0) + (compacted?.records ?? 0),
      observationsOfLastDay: (lately?.rows ?? 0) + (compactedLately?.records ?? 0),
      incidents: reported?.rows ?? 0,
      terminations: ended?.rows ?? 0,
    };
  });
}
