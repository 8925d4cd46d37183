import { and, asc, eq, gt, gte, inArray, isNotNull, lt, lte, sql } from 'drizzle-orm';
import { compareText } from '#core/compare-text.ts';
import type { DigestSighting } from '#core/audit/moved-tags.ts';
import type { ImageRun } from '#core/ledger/image-run.ts';
import type { LedgerStore } from '#core/ledger/ledger-store.ts';
import type { RolloutRecord } from '#core/ledger/rollout-record.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import { formatInstant } from '#core/time/instant.ts';
import { containerRole } from '#core/wire/container.ts';
import type { Connection } from '../database.ts';
import { notGone } from '../object-fact.ts';
import { answersTo, isInScope } from './conditions.ts';
import { imageOf, placeOf } from './image-columns.ts';
import { rolloutOf, type PodRunRow } from './rows.ts';

/**
 * What ran at a moment, by place; pods that ran it are counted. Grouped here: an engine that groups would rather read the whole
 * table in the order of the groups than the few pods of that moment.
 */
export async function readImageRuns(
  { db, tables: { podRuns: t } }: Connection,
  query: Parameters<LedgerStore['imageRuns']>[0],
): Promise<readonly ImageRun[]> {
  const { at, image } = query;
  const { cluster, namespace, workloadKind, workloadName, container, containerRole: role, imageRef, tag, digest, podUid, fromAt } = t;
  const rows = await db
    .select({ cluster, namespace, workloadKind, workloadName, container, role, imageRef, tag, digest, podUid, fromAt })
    .from(t)
    .where(and(isInScope(t, query), lte(t.fromAt, at), gt(t.untilAt, at), image === undefined ? undefined : answersTo(t, image)));
  const placeKey = (row: (typeof rows)[number]) =>
    JSON.stringify([row.cluster, row.namespace, row.workloadKind, row.workloadName, row.container, row.imageRef, row.digest]);
  return [...Map.groupBy(rows, placeKey)]
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([, [first, ...rest]]) => (first === undefined ? [] : [toImageRun([first, ...rest])]));
}

type PodRow = Pick<
  PodRunRow,
  'cluster' | 'namespace' | 'workloadKind' | 'workloadName' | 'container' | 'imageRef' | 'tag' | 'digest' | 'podUid' | 'fromAt'
> & { readonly role: string };

function toImageRun(rows: readonly [PodRow, ...PodRow[]]): ImageRun {
  const [first] = rows;
  return {
    ...placeOf(first),
    container: first.container,
    containerRole: containerRole.parse(first.role),
    image: imageOf(first),
    pods: new Set(rows.map(({ podUid }) => podUid)).size,
    from: formatInstant(Math.min(...rows.map(({ fromAt }) => fromAt))),
  };
}

/** In the order of their keys. */
export async function readAuditedWorkloads(
  { db, tables: { rollouts: t } }: Connection,
  query: Parameters<LedgerStore['auditedWorkloads']>[0],
): Promise<readonly WorkloadKey[]> {
  const { image, since, until, after, limit, workload } = query;
  const { cluster, namespace, workloadKind: kind, workloadName: name } = t;
  const columns = [cluster, namespace, kind, name] as const;
  // Of a workload that is named everything is of interest; of all of them only those that rolled back.
  const interesting = image === undefined && workload === undefined ? eq(t.kind, 'rollback') : undefined;
  return db
    .selectDistinct({ cluster, namespace, kind, name })
    .from(t)
    .where(
      and(
        isInScope(t, query),
        image === undefined ? interesting : answersTo(t, image),
        since === undefined ? undefined : gte(t.at, since),
        until === undefined ? undefined : lt(t.at, until),
        after === undefined
          ? undefined
          : sql`(${cluster}, ${namespace}, ${kind}, ${name}) > (${after.cluster}, ${after.namespace}, ${after.kind}, ${after.name})`,
      ),
    )
    .orderBy(...columns.map((column) => asc(column)))
    .limit(limit);
}

/** What the tags of some repositories meant, by cluster. */
export async function readSightings(
  { db, tables: { podRuns: t } }: Connection,
  repositories: readonly string[],
  inCluster?: string,
): Promise<readonly DigestSighting[]> {
  if (repositories.length === 0) return [];
  const { repository, tag, digest, cluster } = t;
  const rows = await db
    .select({
      repository,
      tag,
      digest,
      cluster,
      firstAt: sql`min(${t.fromAt})`.mapWith(Number),
      lastAt: sql`max(${t.untilAt})`.mapWith(Number),
    })
    .from(t)
    .where(
      and(
        inArray(repository, [...repositories]),
        isNotNull(tag),
        isNotNull(digest),
        inCluster === undefined ? undefined : eq(cluster, inCluster),
      ),
    )
    .groupBy(repository, tag, digest, cluster);
  return rows.map((row) => ({
    repository: row.repository,
    tag: row.tag ?? '',
    digest: row.digest ?? '',
    cluster: row.cluster,
    firstAt: row.firstAt,
    ...(row.lastAt === notGone ? {} : { lastAt: row.lastAt }),
  }));
}

/** Rollouts to some digests on which something failed. */
export async function readFailedRollouts(
  { db, tables: { rollouts: t } }: Connection,
  digests: readonly string[],
  inCluster?: string,
): Promise<readonly RolloutRecord[]> {
  if (digests.length === 0) return [];
  const rows = await db
    .select({ body: t.body })
    .from(t)
    .where(and(inArray(t.digest, [...digests]), eq(t.failed, true), inCluster === undefined ? undefined : eq(t.cluster, inCluster)))
    .orderBy(asc(t.at), asc(t.evidence), asc(t.container));
  return rows.map(rolloutOf);
}
