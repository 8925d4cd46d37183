import { and, eq, gt, lt, min, sql } from 'drizzle-orm';
import type { Connection } from '../database.ts';
import { prepared } from '../prepared.ts';
import { createRowInserter } from '../row-inserter.ts';

const statements = prepared((connection) => {
  const { changedHours } = connection.tables;
  return createRowInserter(connection, {
    name: 'note_hours',
    columns: ['hour', 'cluster', 'taken'],
    insert: (rows) =>
      connection.db
        .insert(changedHours)
        .values(rows)
        // An update and not nothing: it holds the row, so that nobody takes the hour before what this transaction adds is seen.
        .onConflictDoUpdate({
          target: [changedHours.hour, changedHours.cluster],
          set: { taken: false },
          setWhere: sql`${changedHours.taken}`,
        }),
  });
});

/** Within the transaction that adds or changes rows of these hours: compaction looks at them once more. */
export async function noteHours(tx: Connection, cluster: string, hours: readonly number[]): Promise<void> {
  const distinct = [...new Set(hours)].toSorted((a, b) => a - b);
  await statements(tx)(distinct.map((hour) => ({ hour, cluster, taken: false })));
}

/** The first changed hour behind the one and before the other. */
export async function readChangedHour(
  { db, tables: { changedHours } }: Connection,
  { after, until }: { readonly after: number; readonly until: number },
): Promise<number | undefined> {
  const [row] = await db
    .select({ hour: min(changedHours.hour) })
    .from(changedHours)
    .where(and(gt(changedHours.hour, after), lt(changedHours.hour, until)));
  return row?.hour ?? undefined;
}

/** Before it is looked at. Who stops halfway leaves it as it is, for whoever comes next. */
export async function takeHour({ db, tables: { changedHours } }: Connection, hour: number): Promise<void> {
  await db.update(changedHours).set({ taken: true }).where(eq(changedHours.hour, hour));
}

/** After all of it was looked at. What changed meanwhile stays. */
export async function finishHour({ db, tables: { changedHours } }: Connection, hour: number): Promise<void> {
  await db.delete(changedHours).where(and(eq(changedHours.hour, hour), sql`${changedHours.taken}`));
}
