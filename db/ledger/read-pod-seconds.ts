import { and, lt, or, sql } from 'drizzle-orm';
import type { LedgerStore, TrendSpan } from '#core/ledger/ledger-store.ts';
import type { TrendGroupKey } from '#core/trends/trend-rows.ts';
import type { Connection } from '../database.ts';
import { isInGroup, isInScope } from './conditions.ts';
import { groupColumns, groupPlace, groupKeyOfRow, sumOf } from './trend-groups.ts';

/** Time that pods lived in the span, by group and container. */
export async function readPodSeconds(
  { db, tables: { podRuns: t } }: Connection,
  query: TrendSpan,
  groups: readonly TrendGroupKey[],
): ReturnType<LedgerStore['podSeconds']> {
  if (groups.length === 0) return [];
  const { by, since, until } = query;
  // The containers of a pod live side by side, and are told apart.
  const grouping = by === 'image' ? 'image' : 'container';
  const end = sql`case when ${t.untilAt} < ${until} then ${t.untilAt} else ${until} end`;
  const begin = sql`case when ${t.fromAt} > ${since} then ${t.fromAt} else ${since} end`;
  const span = and(sql`${t.untilAt} > ${since}`, lt(t.fromAt, until));
  const artefact = sql`coalesce(${t.digest}, ${t.imageRef})`;
  const rows = await db
    .select({ ...groupPlace(grouping, t), ms: sumOf(sql`${end} - ${begin}`) })
    .from(t)
    .where(and(isInScope(t, query), or(...groups.map((key) => and(isInGroup(t, key), span)))))
    .groupBy(...groupColumns(grouping, t, artefact));
  return rows.map(({ ms, ...row }) => ({ key: groupKeyOfRow(by, row), container: row.container, seconds: ms / 1000 }));
}
