import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import type { Expired } from '#core/ports.ts';
import type { Connection, OpenDatabase } from '../database.ts';
import { hourOf } from '../hour.ts';
import { removeRows, rowsAtOnce } from './remove-rows.ts';

/** See `RetentionStore`. */
export async function expireIncidents({ read, transact }: OpenDatabase, olderThanMs: number, limit: number): Promise<Expired> {
  let removed = 0;
  const clusters = await read(({ db, tables: { watermarks } }) => db.select().from(watermarks));
  for (const { cluster, at } of clusters) {
    for (const remove of [removeIncidents, removeLedger]) {
      for (let more = true; more;) {
        if (removed >= limit) return { removed, more: true };
        const step = await transact((tx) => remove(tx, cluster, at - olderThanMs));
        removed += step.removed;
        more = step.more;
      }
    }
  }
  return { removed, more: false };
}

async function removeIncidents({ db, tables }: Connection, cluster: string, before: number): Promise<Expired> {
  const { incidents, incidentIds, documents, documentVersions } = tables;
  const rows = await db
    .select({ id: incidents.id })
    .from(incidents)
    .where(and(lt(incidents.overAt, before), eq(incidents.cluster, cluster)))
    .orderBy(asc(incidents.overAt))
    .limit(rowsAtOnce);
  if (rows.length === 0) return { removed: 0, more: false };
  const ids = rows.map(({ id }) => id);
  await db.delete(incidents).where(inArray(incidents.id, ids));
  await db.delete(documents).where(inArray(documents.incidentId, ids));
  await db.delete(documentVersions).where(inArray(documentVersions.incidentId, ids));
  await db.delete(incidentIds).where(inArray(incidentIds.incidentId, ids));
  return { removed: ids.length, more: ids.length === rowsAtOnce };
}

/** Rollouts stay: what runs today may have been rolled out years ago. */
async function removeLedger(tx: Connection, cluster: string, before: number): Promise<Expired> {
  const { terminations, waits, podRuns, deaths } = tx.tables;
  const counts = [
    await removeRows(tx, {
      table: terminations,
      key: [terminations.finishedAt, terminations.evidence, terminations.cluster],
      countedAt: terminations.finishedAt,
      where: and(eq(terminations.cluster, cluster), lt(terminations.finishedAt, before)),
    }),
    await removeRows(tx, {
      table: waits,
      key: [waits.fromAt, waits.evidence, waits.container, waits.cluster],
      countedAt: waits.fromAt,
      where: and(eq(waits.cluster, cluster), lt(waits.fromAt, before), lt(waits.untilAt, before)),
    }),
    await removeRows(tx, {
      table: podRuns,
      key: [podRuns.fromAt, podRuns.podUid, podRuns.container, podRuns.cluster],
      where: and(eq(podRuns.cluster, cluster), lt(podRuns.untilAt, before)),
    }),
    await removeRows(tx, {
      table: deaths,
      key: [deaths.hour, deaths.evidence, deaths.cluster],
      where: and(eq(deaths.cluster, cluster), lt(deaths.hour, hourOf(before))),
    }),
  ];
  return { removed: counts.reduce((total, count) => total + count, 0), more: counts.includes(rowsAtOnce) };
}
