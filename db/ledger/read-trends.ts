import { and, asc, eq, gte, lt, or, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { TrendSpan, TrendTotalsQuery } from '#core/ledger/ledger-store.ts';
import { day } from '#core/time/instant.ts';
import { cutBlock, type TrendBlock } from '#core/trends/trend-block.ts';
import type { TrendGroupKey, TrendTotal } from '#core/trends/trend-rows.ts';
import { weekOf } from '#core/trends/trend-week.ts';
import type { Connection } from '../database.ts';
import type { Tables } from '../schema.ts';
import { isInScope } from './conditions.ts';
import { imageOf, placeOf } from './image-columns.ts';
import { groupColumns, groupPlace, groupKeyOfRow, sumOf } from './trend-groups.ts';
import { columnsOf, weekdays } from './trend-week-row.ts';

type TrendWeeks = Tables['trendWeeks'];

export async function readTrendTotals(
  { db, tables: { trendWeeks: t } }: Connection,
  query: TrendTotalsQuery,
): Promise<readonly TrendTotal[]> {
  const { by, since, middle, until } = query;
  const rows = await db
    .select({
      ...groupPlace(by, t),
      firstHalf: sumOf(countWithin(t, since, middle)),
      secondHalf: sumOf(countWithin(t, middle, until)),
    })
    .from(t)
    .where(and(isInSpan(t, query), isInScope(t, query)))
    .groupBy(...groupColumns(by, t, t.artefact));
  return rows
    .filter(({ firstHalf, secondHalf }) => firstHalf + secondHalf > 0)
    .map(({ firstHalf, secondHalf, ...row }) => ({ key: groupKeyOfRow(by, row), firstHalf, secondHalf }));
}

/** What one row counts from one day on and before another: of the weeks at the edges only the days between. */
function countWithin(t: TrendWeeks, since: number, until: number): SQL {
  const columns: readonly PgColumn[] = weekdays.map((name) => t[name]);
  const plus = (some: readonly PgColumn[]) => (some.length === 0 ? sql`0` : sql.join([...some], sql` + `));
  const dayOfWeek = (at: number) => (at - weekOf(at)) / day;
  const [first, last] = [weekOf(since), weekOf(until)];
  if (first === last) return sql`case when ${t.week} = ${first} then ${plus(columns.slice(dayOfWeek(since), dayOfWeek(until)))} else 0 end`;
  return sql`case when ${t.week} < ${first} or ${t.week} > ${last} then 0 when ${t.week} = ${first} then ${plus(columns.slice(dayOfWeek(since)))} when ${t.week} = ${last} then ${plus(columns.slice(0, dayOfWeek(until)))} else ${plus(columns)} end`;
}

export async function readTrendBlocks(
  { db, tables: { trendWeeks: t } }: Connection,
  query: TrendSpan,
  groups?: readonly TrendGroupKey[],
): Promise<readonly TrendBlock[]> {
  if (groups?.length === 0) return [];
  const { cluster, namespace, workloadKind, workloadName, container, imageRef, tag, digest, week, columns } = t;
  const rows = await db
    .select({ cluster, namespace, workloadKind, workloadName, container, imageRef, tag, digest, week, columns })
    .from(t)
    .where(
      groups === undefined
        ? and(isInSpan(t, query), isInScope(t, query))
        : // The span stands in every alternative, so that each is one range of an index.
          and(isInScope(t, query), or(...groups.map((key) => and(isInGroup(t, key), isInSpan(t, query))))),
    )
    .orderBy(asc(t.week), asc(t.key));
  return rows.flatMap((row) => {
    const place = { ...placeOf(row), container: row.container, image: imageOf(row), node: '' };
    return cutBlock(place, { week: row.week, columns: columnsOf(row) }, query) ?? [];
  });
}

/** Weeks that the span touches. */
function isInSpan(t: TrendWeeks, { of, since, until }: TrendSpan): SQL | undefined {
  return and(eq(t.subject, of), gte(t.week, weekOf(since)), lt(t.week, until));
}

function isInGroup(t: TrendWeeks, { image, container, ...place }: TrendGroupKey): SQL | undefined {
  if (image !== undefined) return eq(t.artefact, image.digest ?? image.ref);
  return and(isInScope(t, place), container === undefined ? undefined : eq(t.container, container));
}
