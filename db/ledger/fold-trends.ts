import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import { rollUpWeeks, type CountedDeath, type CountedWait } from '#core/trends/roll-up-weeks.ts';
import { weekOf } from '#core/trends/trend-week.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import { day } from '#core/time/instant.ts';
import type { Connection, OpenDatabase } from '../database.ts';
import { prepared } from '../prepared.ts';
import { createRowInserter } from '../row-inserter.ts';
import { isOf } from './conditions.ts';
import { imageOf } from './image-columns.ts';
import { trendWeekColumns, trendWeekRow } from './trend-week-row.ts';
import { withoutNulls } from './without-nulls.ts';

const weekMs = 7 * day;
/** Weeks of workloads that one transaction folds: others wait for it. */
const perTransaction = 50;

interface Mark extends WorkloadKey {
  readonly week: number;
}

const weekOfWorkload = {
  cluster: sql.placeholder('cluster'),
  namespace: sql.placeholder('namespace'),
  kind: sql.placeholder('kind'),
  name: sql.placeholder('name'),
};
const [from, until] = [sql.placeholder('week'), sql.placeholder('until')];

const statements = prepared((connection) => {
  const {
    db,
    tables: { terminations, waits, trendWeeks, trendMarks },
  } = connection;
  return {
    unmark: db
      .delete(trendMarks)
      .where(and(isOf(trendMarks, weekOfWorkload), eq(trendMarks.week, from)))
      .returning({ week: trendMarks.week })
      .prepare('trends_unmark'),
    deaths: db
      .select({
        at: terminations.finishedAt,
        container: terminations.container,
        imageRef: terminations.imageRef,
        tag: terminations.tag,
        digest: terminations.digest,
        node: terminations.node,
        expected: terminations.expected,
        reason: terminations.reason,
        memoryDeath: terminations.memoryDeath,
        cause: terminations.cause,
        memoryLimit: terminations.memoryLimit,
        livedSeconds: terminations.livedSeconds,
      })
      .from(terminations)
      .where(and(isOf(terminations, weekOfWorkload), gte(terminations.finishedAt, from), lt(terminations.finishedAt, until)))
      .prepare('trends_deaths'),
    waits: db
      .select({
        at: waits.fromAt,
        until: waits.untilAt,
        container: waits.container,
        imageRef: waits.imageRef,
        tag: waits.tag,
        digest: waits.digest,
        node: waits.node,
        kind: waits.kind,
        cause: waits.cause,
      })
      .from(waits)
      .where(and(isOf(waits, weekOfWorkload), gte(waits.fromAt, from), lt(waits.fromAt, until)))
      .prepare('trends_waits'),
    forget: db
      .delete(trendWeeks)
      .where(and(isOf(trendWeeks, weekOfWorkload), eq(trendWeeks.week, from)))
      .prepare('trends_forget'),
    insert: createRowInserter(connection, {
      name: 'trends_insert',
      columns: trendWeekColumns,
      insert: (rows) => db.insert(trendWeeks).values(rows),
    }),
  };
});

/**
 * Makes the weeks anew whose deaths and waits changed since they were summed: of a cluster or of all, within a span or ever.
 *
 * @returns how many weeks of workloads were made anew; as many as the limit when there may be more
 */
export async function foldTrends(
  { read, transact }: Pick<OpenDatabase, 'read' | 'transact'>,
  span: { readonly cluster?: string; readonly since?: number; readonly until?: number },
  limit: number,
): Promise<number> {
  const marks = await read((connection) => readMarks(connection, span, limit));
  for (let at = 0; at < marks.length; at += perTransaction) {
    const some = marks.slice(at, at + perTransaction);
    await transact(async (tx) => {
      for (const mark of some) await foldWeek(tx, mark);
    });
  }
  return marks.length;
}

/** In one order everywhere: two that fold at the same time wait for each other, and never in a circle. */
async function readMarks(
  { db, tables: { trendMarks: t } }: Connection,
  { cluster, since, until: end }: Parameters<typeof foldTrends>[1],
  limit: number,
): Promise<readonly Mark[]> {
  return db
    .select({ cluster: t.cluster, namespace: t.namespace, kind: t.workloadKind, name: t.workloadName, week: t.week })
    .from(t)
    .where(
      and(
        cluster === undefined ? undefined : eq(t.cluster, cluster),
        since === undefined ? undefined : gte(t.week, weekOf(since)),
        end === undefined ? undefined : lt(t.week, end),
      ),
    )
    .orderBy(asc(t.workloadName), asc(t.namespace), asc(t.workloadKind), asc(t.week), asc(t.cluster))
    .limit(limit);
}

/** The mark goes first: whoever changes a row from then on waits, or sets it again. */
async function foldWeek(tx: Connection, { week, ...workload }: Mark): Promise<void> {
  const run = statements(tx);
  const of = { ...workload, week, until: week + weekMs };
  const unmarked = await run.unmark.execute(of);
  if (unmarked.length === 0) return;
  const deaths = await run.deaths.execute(of);
  const waits = await run.waits.execute(of);
  await run.forget.execute(of);
  const weeks = rollUpWeeks(
    deaths.map(({ imageRef, tag, digest, ...row }): CountedDeath => ({ ...withoutNulls(row), image: imageOf({ imageRef, tag, digest }) })),
    waits.map(({ imageRef, tag, digest, kind, ...row }): CountedWait => ({
      ...withoutNulls(row),
      kind: kind === 'pending' ? 'pending' : 'image-pull',
      image: imageOf({ imageRef, tag, digest }),
    })),
  );
  await run.insert(weeks.map((row) => trendWeekRow(workload, row)));
}
