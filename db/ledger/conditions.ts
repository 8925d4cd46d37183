import { and, eq, gte, isNull, lt, or, type Placeholder, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { ImageSelector } from '#core/audit/audit-query.ts';
import type { LedgerScope } from '#core/ledger/ledger-store.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import type { TrendGroupKey } from '#core/trends/trend-rows.ts';
import { afterPrefix } from '../prefix.ts';

export interface PlaceColumns {
  readonly cluster: PgColumn;
  readonly namespace: PgColumn;
  readonly workloadKind: PgColumn;
  readonly workloadName: PgColumn;
}

export interface ImageColumns {
  readonly imageRef: PgColumn;
  readonly repository: PgColumn;
  readonly tag: PgColumn;
  readonly digest: PgColumn;
}

/** Of exactly this workload, or of the one that placeholders will name. */
export function isOf(
  table: PlaceColumns,
  { cluster, namespace, kind, name }: Readonly<Record<keyof WorkloadKey, string | Placeholder>>,
): SQL | undefined {
  return and(eq(table.workloadName, name), eq(table.namespace, namespace), eq(table.workloadKind, kind), eq(table.cluster, cluster));
}

export function isInScope(table: PlaceColumns, { cluster, namespace, workload }: LedgerScope): SQL | undefined {
  return and(
    workload === undefined ? undefined : eq(table.workloadName, workload.name),
    namespace === undefined ? undefined : eq(table.namespace, namespace),
    workload === undefined ? undefined : eq(table.workloadKind, workload.kind),
    cluster === undefined ? undefined : eq(table.cluster, cluster),
  );
}

/** As `matchImage` of core decides: the digest first; a tag only where no digest is asked for, or none is known. */
export function answersTo(table: ImageColumns, { repository, tag, digest }: ImageSelector): SQL | undefined {
  const named = and(
    repository === undefined ? undefined : eq(table.repository, repository),
    tag === undefined ? undefined : eq(table.tag, tag),
  );
  if (digest === undefined) return named;
  const artefact = and(gte(table.digest, digest), lt(table.digest, afterPrefix(digest)));
  return repository === undefined || tag === undefined ? artefact : or(artefact, and(named, isNull(table.digest)));
}

/** Within a group of a trend; a group by image is told by its digest, and by its reference where none is known. */
export function isInGroup(table: PlaceColumns & ImageColumns & { readonly container: PgColumn }, key: TrendGroupKey): SQL | undefined {
  const { image, container } = key;
  if (image !== undefined) {
    return image.digest === undefined ? and(eq(table.imageRef, image.ref), isNull(table.digest)) : eq(table.digest, image.digest);
  }
  return and(isInScope(table, key), container === undefined ? undefined : eq(table.container, container));
}
