import { and, asc, eq, gte, inArray, lt, lte, min, notExists, sql } from 'drizzle-orm';
import type { Expired } from '#core/ports.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import type { Connection, OpenDatabase } from '../database.ts';
import { hourOf } from '../hour.ts';
import { raiseWatermark, readLatestWatermark } from '../watermarks.ts';
import { isIncidentOf, isObjectOf, isWorkload } from '../workload-key.ts';
import { dissolveOldest, trimSharedSegments } from './expire-segments.ts';
import { removeObservations, type RecordRow } from './remove-observations.ts';
import { rowsAtOnce } from './remove-rows.ts';

/** What an incident that is not over keeps before its onset: the states it began in. */
const contextMs = 86_400_000;

interface DueWorkload extends WorkloadKey {
  readonly firstAt: number;
  /** Data time before which its records are too old. */
  readonly horizon: number;
}

/** See `RetentionStore`. */
export async function expireObservations({ read, transact }: OpenDatabase, olderThanMs: number, limit: number): Promise<Expired> {
  let removed = 0;
  for (const workload of await read((connection) => readDueWorkloads(connection, olderThanMs, limit))) {
    for (let more = true; more;) {
      if (removed >= limit) return { removed, more: true };
      const step = await transact((tx) => trimWorkload(tx, workload));
      removed += step.removed;
      more = step.more;
    }
  }
  for (const trim of [trimShared, trimSharedSegments]) {
    for (let more = true; more;) {
      if (removed >= limit) return { removed, more: true };
      const step = await transact((tx) => trim(tx, olderThanMs));
      removed += step.removed;
      more = step.more;
    }
  }
  return { removed, more: false };
}

/** Those with records that are too old, the oldest first; not those whose oldest record an incident still needs. */
async function readDueWorkloads(connection: Connection, olderThanMs: number, limit: number): Promise<readonly DueWorkload[]> {
  const { db, tables } = connection;
  const { workloads, watermarks, incidents } = tables;
  const latest = await readLatestWatermark(connection);
  const horizon = sql<number>`${watermarks.at} - ${olderThanMs}`.mapWith(Number);
  const heldBy = db
    .select({ id: incidents.id })
    .from(incidents)
    .where(
      and(
        eq(incidents.workloadName, workloads.name),
        eq(incidents.namespace, workloads.namespace),
        eq(incidents.workloadKind, workloads.kind),
        eq(incidents.cluster, workloads.cluster),
        gte(incidents.overAt, horizon),
        lte(incidents.onsetAt, sql`${workloads.firstAt} + ${contextMs}`),
      ),
    );
  return (
    db
      .select({
        cluster: workloads.cluster,
        namespace: workloads.namespace,
        kind: workloads.kind,
        name: workloads.name,
        firstAt: workloads.firstAt,
        horizon,
      })
      .from(workloads)
      .innerJoin(watermarks, eq(watermarks.cluster, workloads.cluster))
      // By the index first; the exact time of each cluster is behind it.
      .where(and(lt(workloads.firstAt, latest - olderThanMs), lt(workloads.firstAt, horizon), notExists(heldBy)))
      .orderBy(asc(workloads.firstAt))
      .limit(limit)
  );
}

/** Removes the oldest records of one workload, always a whole stretch of time, so that what is left has no holes. */
async function trimWorkload(tx: Connection, { horizon, ...workload }: DueWorkload): Promise<Expired> {
  const { workloads } = tx.tables;
  // The lock of the cluster: no batch may teach or merge meanwhile.
  await raiseWatermark(tx, workload.cluster, 0);
  const needed = Math.min(horizon, await earliestNeeded(tx, workload, horizon));
  const { until, dissolved } = await dissolveOldest(tx, workload, needed);
  const rows = await readOldest(tx, workload, until);
  const more = rows.length > rowsAtOnce || until < needed;
  const expiredBefore = rows.length > rowsAtOnce ? (rows.at(-1)?.observedAt ?? until) : until;
  // Records of one instant go together, be they as many as they may.
  const gone =
    rows.length > rowsAtOnce && rows[0]?.observedAt !== expiredBefore ? rows.filter(({ observedAt }) => observedAt < expiredBefore) : rows;
  await removeObservations(tx, workload.cluster, gone);
  await forgetObjects(tx, workload, expiredBefore);
  await tx.db
    .update(workloads)
    .set({
      // Who looked for rows before and for segments after made incidents of too little: their save is outdated.
      ...(dissolved && { stale: true, version: sql`${workloads.version} + 1` }),
      firstAt: expiredBefore,
      expiredBefore: sql`case when ${workloads.expiredBefore} < ${expiredBefore} then ${expiredBefore} else ${workloads.expiredBefore} end`,
    })
    .where(isWorkload(workloads, workload));
  return { removed: gone.length, more };
}

async function earliestNeeded({ db, tables: { incidents } }: Connection, workload: WorkloadKey, horizon: number): Promise<number> {
  const [row] = await db
    .select({ onsetAt: min(incidents.onsetAt) })
    .from(incidents)
    .where(and(isIncidentOf(incidents, workload), gte(incidents.overAt, horizon)));
  return row?.onsetAt === null || row?.onsetAt === undefined ? horizon : row.onsetAt - contextMs;
}

/** One more than may go at once, oldest first. */
async function readOldest({ db, tables }: Connection, workload: WorkloadKey, until: number): Promise<readonly RecordRow[]> {
  const { observations, objects } = tables;
  const record = { key: observations.key, observedAt: observations.observedAt };
  const oldest = (column: typeof objects.uid) =>
    db
      .selectDistinct(record)
      .from(objects)
      .innerJoin(observations, and(eq(observations.cluster, objects.cluster), eq(observations.subject, column)))
      .where(and(isObjectOf(objects, workload), lt(observations.observedAt, until)))
      .orderBy(asc(observations.observedAt), asc(observations.key))
      .limit(rowsAtOnce + 1);
  const rows = [...(await oldest(objects.uid)), ...(await oldest(objects.nameKey))];
  const distinct = [...new Map(rows.map((row) => [row.key, row])).values()];
  return distinct.toSorted((a, b) => a.observedAt - b.observedAt).slice(0, rowsAtOnce + 1);
}

/** Objects that are gone and have no record left; those that live are needed to know whose the next record is. */
async function forgetObjects({ db, tables }: Connection, workload: WorkloadKey, before: number): Promise<void> {
  const { objects, links } = tables;
  const gone = await db
    .delete(objects)
    .where(and(isObjectOf(objects, workload), lt(objects.goneAt, before)))
    .returning({ uid: objects.uid });
  if (gone.length === 0) return;
  await db.delete(links).where(
    and(
      eq(links.cluster, workload.cluster),
      inArray(
        links.uid,
        gone.map(({ uid }) => uid),
      ),
    ),
  );
}

/** Records of nodes, claims and coverage, and of objects that nobody is known to own. */
async function trimShared(tx: Connection, olderThanMs: number): Promise<Expired> {
  const { observations, objects, watermarks } = tx.tables;
  const latest = await readLatestWatermark(tx);
  const ownedBy = (column: typeof objects.uid) =>
    tx.db
      .select({ uid: objects.uid })
      .from(objects)
      .where(and(eq(column, observations.subject), eq(objects.cluster, observations.cluster)));
  const rows = await tx.db
    .select({ cluster: observations.cluster, key: observations.key, observedAt: observations.observedAt })
    .from(observations)
    .innerJoin(watermarks, eq(watermarks.cluster, observations.cluster))
    .where(
      and(
        // By the index; the exact time of each cluster is behind it.
        lt(observations.hour, hourOf(latest - olderThanMs) + 1),
        lt(observations.observedAt, sql`${watermarks.at} - ${olderThanMs}`),
        notExists(ownedBy(objects.uid)),
        notExists(ownedBy(objects.nameKey)),
      ),
    )
    .limit(rowsAtOnce);
  for (const [cluster, records] of Map.groupBy(rows, (row) => row.cluster)) await removeObservations(tx, cluster, records);
  return { removed: rows.length, more: rows.length === rowsAtOnce };
}
