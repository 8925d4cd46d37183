import { and, eq, inArray } from 'drizzle-orm';
import type { Connection } from '../database.ts';

export interface RecordRow {
  readonly key: string;
  readonly observedAt: number;
}

/** By key, within one cluster. */
export async function removeObservations(
  { db, tables: { observations } }: Connection,
  cluster: string,
  rows: readonly RecordRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await db.delete(observations).where(
    and(
      eq(observations.cluster, cluster),
      inArray(
        observations.key,
        rows.map(({ key }) => key),
      ),
    ),
  );
}
