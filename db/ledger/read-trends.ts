import { and, eq, gte, lt, or, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { GroupedEntry, LedgerStore, TrendSpan } from '#core/ledger/ledger-store.ts';
import { groupKeyOf } from '#core/trends/group-key.ts';
import { detailOf } from '#core/trends/roll-up-days.ts';
import type { TrendGrouping } from '#core/trends/trend.ts';
import type { TrendGroupKey, TrendTotal } from '#core/trends/trend-rows.ts';
import type { Connection } from '../database.ts';
import type { Tables } from '../schema.ts';
import { isInGroup, isInScope, type ImageColumns, type PlaceColumns } from './conditions.ts';
import { imageOf, placeOf } from './image-columns.ts';
import { countsAs } from './read-rows.ts';

interface GroupColumns extends PlaceColumns, ImageColumns {
  readonly container: PgColumn;
  readonly node: PgColumn;
}

/** What is the same within a group; by image that is the digest, and the reference where none is known. */
function columnsOf(by: TrendGrouping, t: GroupColumns, artefact: PgColumn | SQL): (PgColumn | SQL)[] {
  const workload = [t.cluster, t.namespace, t.workloadKind, t.workloadName];
  const columns = {
    workload,
    container: [...workload, t.container],
    image: [artefact],
    namespace: [t.cluster, t.namespace],
    node: [t.cluster, t.node],
    cluster: [t.cluster],
  };
  return columns[by];
}

/** One value of each column, for those that the grouping leaves open; where it does not, the only one. */
function anyPlace(t: GroupColumns) {
  return {
    cluster: anyOf(t.cluster),
    namespace: anyOf(t.namespace),
    workloadKind: anyOf(t.workloadKind),
    workloadName: anyOf(t.workloadName),
    container: anyOf(t.container),
    node: anyOf(t.node),
    imageRef: anyOf(t.imageRef),
    tag: sql<string | null>`max(${t.tag})`,
    digest: sql<string | null>`max(${t.digest})`,
  };
}

function anyOf(column: PgColumn): SQL<string> {
  return sql<string>`max(${column})`;
}

function total(expression: SQL): SQL<number> {
  // PostgreSQL sums integers to numeric, which arrives as text.
  return sql`sum(${expression})`.mapWith(Number);
}

interface PlaceValues {
  readonly cluster: string;
  readonly namespace: string;
  readonly workloadKind: string;
  readonly workloadName: string;
  readonly container: string;
  readonly node: string | null;
  readonly imageRef: string;
  readonly tag: string | null;
  readonly digest: string | null;
}

function keyOf(by: TrendGrouping, row: PlaceValues): TrendGroupKey {
  return groupKeyOf(by, { ...placeOf(row), container: row.container, node: row.node ?? '', image: imageOf(row) });
}

export async function readTrendTotals(
  { db, tables: { trendDays } }: Connection,
  query: Parameters<LedgerStore['trendTotals']>[0],
): Promise<readonly TrendTotal[]> {
  const { of, by, since, middle, until } = query;
  const rows = await db
    .select({
      ...anyPlace(trendDays),
      firstHalf: total(sql`case when ${trendDays.day} < ${middle} then ${trendDays.count} else 0 end`),
      secondHalf: total(sql`case when ${trendDays.day} < ${middle} then 0 else ${trendDays.count} end`),
      firstAt: sql`min(${trendDays.firstAt})`.mapWith(Number),
      lastAt: sql`max(${trendDays.lastAt})`.mapWith(Number),
    })
    .from(trendDays)
    .where(and(eq(trendDays.subject, of), gte(trendDays.day, since), lt(trendDays.day, until), isInScope(trendDays, query)))
    .groupBy(...columnsOf(by, trendDays, trendDays.artefact));
  return rows.map(({ firstHalf, secondHalf, firstAt, lastAt, ...row }) => ({
    key: keyOf(by, row),
    firstHalf,
    secondHalf,
    firstAt,
    lastAt,
  }));
}

export async function readTrendDays(
  { db, tables: { trendDays } }: Connection,
  query: TrendSpan,
  groups: readonly TrendGroupKey[],
): Promise<readonly GroupedEntry[]> {
  const { of, by, since, until } = query;
  const wanted = groups.map(({ cluster, namespace, node }) =>
    and(
      isInScope(trendDays, { ...(cluster === undefined ? {} : { cluster }), ...(namespace === undefined ? {} : { namespace }) }),
      node === undefined ? undefined : eq(trendDays.node, node),
    ),
  );
  const rows = await db
    .select({ ...anyPlace(trendDays), day: trendDays.day, detail: trendDays.detail, count: total(sql`${trendDays.count}`) })
    .from(trendDays)
    .where(and(eq(trendDays.subject, of), gte(trendDays.day, since), lt(trendDays.day, until), isInScope(trendDays, query), or(...wanted)))
    .groupBy(...columnsOf(by, trendDays, trendDays.artefact), trendDays.day, trendDays.detail);
  return rows.map(({ day, detail, count, ...row }) => ({ key: keyOf(by, row), entry: { at: day, count, detail } }));
}

export async function readTrendEntries(
  connection: Connection,
  query: TrendSpan,
  groups?: readonly TrendGroupKey[],
): Promise<readonly GroupedEntry[]> {
  if (groups?.length === 0) return [];
  const { of } = query;
  return of === 'image-pull' || of === 'pending'
    ? readWaits(connection, { ...query, of }, groups)
    : readDeaths(connection, { ...query, of }, groups);
}

type DeathSubject = Parameters<typeof countsAs>[1];

async function readDeaths(
  { db, tables: { terminations: t } }: Connection,
  query: TrendSpan & { readonly of: DeathSubject },
  groups: readonly TrendGroupKey[] | undefined,
): Promise<readonly GroupedEntry[]> {
  const { of, by } = query;
  const rows = await db
    .select({
      ...place(t),
      at: t.finishedAt,
      lived: t.livedSeconds,
      limit: t.memoryLimit,
      memoryDeath: t.memoryDeath,
      cause: t.cause,
      reason: t.reason,
    })
    .from(t)
    .where(and(countsAs(t, of), inSpan(t, t.finishedAt, query, groups)));
  return rows.map(({ at, lived, limit, memoryDeath, cause, reason, ...row }) => ({
    key: keyOf(by, row),
    entry: {
      at,
      count: 1,
      detail: detailOf(of, { memoryDeath, cause, reason }),
      container: row.container,
      image: imageOf(row),
      isDeath: true,
      ...(lived === null ? {} : { livedSeconds: lived }),
      ...(limit === null ? {} : { memoryLimit: limit }),
    },
  }));
}

async function readWaits(
  { db, tables: { waits: t } }: Connection,
  query: TrendSpan & { readonly of: 'image-pull' | 'pending' },
  groups: readonly TrendGroupKey[] | undefined,
): Promise<readonly GroupedEntry[]> {
  const { of, by } = query;
  const rows = await db
    .select({ ...place(t), at: t.fromAt, until: t.untilAt, cause: t.cause })
    .from(t)
    .where(and(eq(t.kind, of), inSpan(t, t.fromAt, query, groups)));
  return rows.map(({ at, until, cause, ...row }) => ({
    key: keyOf(by, row),
    entry: {
      at,
      count: 1,
      detail: cause,
      container: row.container,
      image: imageOf(row),
      ...(until === null ? {} : { livedSeconds: Math.round((until - at) / 1000) }),
    },
  }));
}

type EntryTable = Tables['terminations'] | Tables['waits'];

function place(t: EntryTable) {
  const { cluster, namespace, workloadKind, workloadName, container, node, imageRef, tag, digest } = t;
  return { cluster, namespace, workloadKind, workloadName, container, node, imageRef, tag, digest };
}

/** The span stands in every alternative, so that each is one range of an index. */
function inSpan(t: EntryTable, time: PgColumn, query: TrendSpan, groups: readonly TrendGroupKey[] | undefined): SQL | undefined {
  const span = and(gte(time, query.since), lt(time, query.until));
  if (groups === undefined) return and(span, isInScope(t, query));
  return and(isInScope(t, query), or(...groups.map((key) => and(isInGroup(t, key), span))));
}

/** Time that pods lived in the span, by group and container. */
export async function readPodSeconds(
  { db, tables: { podRuns: t } }: Connection,
  query: TrendSpan,
  groups: readonly TrendGroupKey[],
): ReturnType<LedgerStore['podSeconds']> {
  if (groups.length === 0) return [];
  const { by, since, until } = query;
  const end = sql`case when ${t.untilAt} < ${until} then ${t.untilAt} else ${until} end`;
  const begin = sql`case when ${t.fromAt} > ${since} then ${t.fromAt} else ${since} end`;
  const span = and(sql`${t.untilAt} > ${since}`, lt(t.fromAt, until));
  const artefact = sql`coalesce(${t.digest}, ${t.imageRef})`;
  const rows = await db
    .select({ ...anyPlace(t), ms: total(sql`${end} - ${begin}`) })
    .from(t)
    .where(and(isInScope(t, query), or(...groups.map((key) => and(isInGroup(t, key), span)))))
    .groupBy(...columnsOf(by === 'image' ? 'image' : 'container', t, artefact));
  return rows.map(({ ms, ...row }) => ({ key: keyOf(by, row), container: row.container, seconds: ms / 1000 }));
}
