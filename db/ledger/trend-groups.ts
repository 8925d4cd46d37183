import { sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { groupKeyOf } from '#core/trends/group-key.ts';
import type { TrendGrouping } from '#core/trends/trend.ts';
import type { TrendGroupKey } from '#core/trends/trend-rows.ts';
import type { PlaceColumns } from './conditions.ts';
import { imageOf, placeOf } from './image-columns.ts';

export interface GroupColumns extends PlaceColumns {
  readonly container: PgColumn;
  readonly imageRef: PgColumn;
  readonly tag: PgColumn;
  readonly digest: PgColumn;
}

/** What is the same within a group; by image that is the digest, and the reference where none is known. */
export function groupColumns(by: Exclude<TrendGrouping, 'node'>, t: GroupColumns, artefact: PgColumn | SQL): (PgColumn | SQL)[] {
  const workload = [t.cluster, t.namespace, t.workloadKind, t.workloadName];
  const columns = {
    workload,
    container: [...workload, t.container],
    image: [artefact],
    namespace: [t.cluster, t.namespace],
    cluster: [t.cluster],
  };
  return columns[by];
}

/** One value of each column, for those that the grouping leaves open; where it does not, the only one. */
export function anyPlace(t: GroupColumns) {
  return {
    cluster: anyOf(t.cluster),
    namespace: anyOf(t.namespace),
    workloadKind: anyOf(t.workloadKind),
    workloadName: anyOf(t.workloadName),
    container: anyOf(t.container),
    imageRef: anyOf(t.imageRef),
    tag: sql<string | null>`max(${t.tag})`,
    digest: sql<string | null>`max(${t.digest})`,
  };
}

function anyOf(column: PgColumn): SQL<string> {
  return sql<string>`max(${column})`;
}

interface PlaceValues {
  readonly cluster: string;
  readonly namespace: string;
  readonly workloadKind: string;
  readonly workloadName: string;
  readonly container: string;
  readonly imageRef: string;
  readonly tag: string | null;
  readonly digest: string | null;
}

export function groupKeyOfRow(by: TrendGrouping, row: PlaceValues): TrendGroupKey {
  return groupKeyOf(by, { ...placeOf(row), container: row.container, node: '', image: imageOf(row) });
}

export function sumOf(expression: SQL): SQL<number> {
  // PostgreSQL sums integers to numeric, which arrives as text.
  return sql`sum(${expression})`.mapWith(Number);
}
