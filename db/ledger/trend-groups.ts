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

/** What names a group. Each value that is not asked of the engine is one less for each of thousands of rows. */
export function groupPlace(by: Exclude<TrendGrouping, 'node'>, t: GroupColumns) {
  const isWorkload = by === 'workload' || by === 'container';
  const none = sql<string>`''`;
  return {
    cluster: by === 'image' ? none : textOf(t.cluster),
    namespace: isWorkload || by === 'namespace' ? textOf(t.namespace) : none,
    workloadKind: isWorkload ? textOf(t.workloadKind) : none,
    workloadName: isWorkload ? textOf(t.workloadName) : none,
    container: by === 'container' ? textOf(t.container) : none,
    // One artefact may have run under several names.
    imageRef: by === 'image' ? sql<string>`max(${t.imageRef})` : none,
    tag: by === 'image' ? sql<string | null>`max(${t.tag})` : sql<null>`null`,
    digest: by === 'image' ? sql<string | null>`max(${t.digest})` : sql<null>`null`,
  };
}

function textOf(column: PgColumn): SQL<string> {
  return sql<string>`${column}`;
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
