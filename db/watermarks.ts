import { asc, eq, lt, max, sql } from 'drizzle-orm';
import type { ClusterWatermark } from '#core/store-model.ts';
import type { Connection } from './database.ts';
import { prepared } from './prepared.ts';

const statements = prepared(({ db, tables: { watermarks } }) => ({
  read: db
    .select({ at: watermarks.at })
    .from(watermarks)
    .where(eq(watermarks.cluster, sql.placeholder('cluster')))
    .prepare('watermark'),
}));

/** @returns whether data time moved on */
export async function raiseWatermark({ db, tables: { watermarks } }: Connection, cluster: string, at: number): Promise<boolean> {
  const raised = await db
    .insert(watermarks)
    .values({ cluster, at })
    .onConflictDoUpdate({ target: watermarks.cluster, set: { at: sql`excluded.at` }, setWhere: lt(watermarks.at, sql`excluded.at`) })
    .returning({ cluster: watermarks.cluster });
  return raised.length > 0;
}

/** Latest data time of the cluster, epoch milliseconds; 0 before any. */
export async function readWatermark(connection: Connection, cluster: string): Promise<number> {
  const [row] = await statements(connection).read.execute({ cluster });
  return row?.at ?? 0;
}

/** Every cluster that ever sent something, by name. */
export async function readClusters({ db, tables: { watermarks } }: Connection): Promise<readonly ClusterWatermark[]> {
  return db.select({ cluster: watermarks.cluster, watermark: watermarks.at }).from(watermarks).orderBy(asc(watermarks.cluster));
}

/** Of the cluster that is furthest ahead; 0 before any. */
export async function readLatestWatermark({ db, tables: { watermarks } }: Connection): Promise<number> {
  const [row] = await db.select({ at: max(watermarks.at) }).from(watermarks);
  return row?.at ?? 0;
}
