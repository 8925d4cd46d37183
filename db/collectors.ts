import { asc, lt, sql } from 'drizzle-orm';
import type { CollectorBeat } from '#core/store-model.ts';
import type { CoverageObservation } from '#core/wire/coverage.ts';
import type { Connection } from './database.ts';

/** Keeps the newest heartbeat of each collector, in whatever order they come. */
export async function keepBeats(
  { db, tables: { collectors } }: Connection,
  cluster: string,
  beats: readonly CoverageObservation[],
): Promise<void> {
  const newest = new Map<string, CoverageObservation>();
  for (const beat of beats) {
    const known = newest.get(beat.collector);
    if (known === undefined || Date.parse(known.to) < Date.parse(beat.to)) newest.set(beat.collector, beat);
  }
  for (const { collector, to, watches = [] } of newest.values()) {
    const resources = [...new Set(watches.map(({ resource }) => resource))].toSorted();
    await db
      .insert(collectors)
      .values({ cluster, name: collector, beatAt: Date.parse(to), watches: JSON.stringify(resources) })
      .onConflictDoUpdate({
        target: [collectors.cluster, collectors.name],
        set: { beatAt: sql`excluded.beat_at`, watches: sql`excluded.watches` },
        setWhere: lt(collectors.beatAt, sql`excluded.beat_at`),
      });
  }
}

export async function readCollectors({ db, tables: { collectors } }: Connection): Promise<readonly CollectorBeat[]> {
  const rows = await db.select().from(collectors).orderBy(asc(collectors.cluster), asc(collectors.name));
  return rows.map(({ watches, ...row }) => ({ ...row, watches: parseList(watches) }));
}

/** Only {@link keepBeats} writes the lists. */
function parseList(text: string): readonly string[] {
  const list: readonly string[] = JSON.parse(text);
  return list;
}
