import { auditRollouts, withIncidents, withNeighbours } from '#core/audit/audit-rollouts.ts';
import type { AuditQuery, ImageSelector } from '#core/audit/audit-query.ts';
import { failedDigests } from '#core/audit/failed-digests.ts';
import { matchImage } from '#core/audit/image-selector.ts';
import { movedTags } from '#core/audit/moved-tags.ts';
import type { AuditedRollout, RollbackAudit } from '#core/audit/rollback-audit.ts';
import { repositoryOf } from '#core/incident/image.ts';
import type { LedgerStore } from '#core/ledger/ledger-store.ts';
import type { RolloutRecord } from '#core/ledger/rollout-record.ts';
import { formatInstant } from '#core/time/instant.ts';
import { dataTime, type DataTime } from './data-time.ts';
import { decodeWorkload, encodeCursor } from './ledger-cursor.ts';
import { narrowScope } from './narrow-scope.ts';
import type { ReadScope } from './read-scope.ts';

export interface AuditDeps {
  readonly ledger: Pick<LedgerStore, 'watermarks' | 'auditedWorkloads' | 'rolloutsOf' | 'sightings' | 'failedRollouts'>;
}

/** What ran where and when, what failed on it, what replaced it, and whether that helped. */
export async function auditRollbacks({ ledger }: AuditDeps, scope: ReadScope, query: AuditQuery): Promise<RollbackAudit> {
  const narrowed = narrowScope(scope, query);
  const time = await dataTime(ledger, narrowed?.cluster);
  if (narrowed === undefined) return { ...frame(query, time), items: [], movedTags: [], failedDigests: [] };
  const { last, cursor, limit, ...asked } = narrowed;
  const since = asked.since ?? (last === undefined ? undefined : time.through - last);
  const found = await ledger.auditedWorkloads({
    ...asked,
    // One more than a page: whether there is a next one.
    limit: limit + 1,
    ...(since === undefined ? {} : { since }),
    ...(cursor === undefined ? {} : { after: decodeWorkload(cursor) }),
  });
  const page = found.slice(0, limit);
  const items = auditAll(await ledger.rolloutsOf(page), query, time);
  const matched = items.filter((item) => item.matched);
  const repositories = [...new Set(matched.map(({ to }) => repositoryOf(to.ref)))];
  const digests = [...new Set(matched.flatMap(({ to }) => to.digest ?? []))];
  const moved = movedTags(await ledger.sightings(repositories, narrowed.cluster));
  const failed = failedDigests(await ledger.failedRollouts(digests, narrowed.cluster));
  const end = page.at(-1);
  const note = noteOf(query.image, digests);
  return {
    ...frame(query, time),
    items,
    movedTags: moved,
    failedDigests: failed,
    ...(note === undefined ? {} : { note }),
    ...(found.length > limit && end !== undefined ? { next: encodeCursor(end) } : {}),
  };
}

function frame(
  { image, workload }: AuditQuery,
  { through }: DataTime,
): Pick<RollbackAudit, 'apiVersion' | 'kind' | 'matchedBy' | 'through'> {
  const matchedBy = image === undefined ? (workload === undefined ? 'everything' : 'workload') : matchedByOf(image);
  return { apiVersion: 'mortem.dev/v1', kind: 'RollbackAudit', matchedBy, through: formatInstant(through) };
}

function matchedByOf({ tag, digest }: ImageSelector): 'digest' | 'tag' | 'repository' {
  return digest !== undefined ? 'digest' : tag === undefined ? 'repository' : 'tag';
}

/** A tag is a name that can be given away. */
function noteOf(image: ImageSelector | undefined, digests: readonly string[]): string | undefined {
  if (image?.tag === undefined || image.digest !== undefined) return undefined;
  if (digests.length === 0) return 'Matched by tag only: no digest is known to have run under it.';
  return `Matched by tag only: under it ran ${digests.join(', ')}. Ask for a digest to follow the artefact under any tag.`;
}

function auditAll(rows: readonly RolloutRecord[], { image, workload }: AuditQuery, time: DataTime): readonly AuditedRollout[] {
  const isMatch = ({ to, kind }: RolloutRecord) =>
    image === undefined ? workload !== undefined || kind === 'rollback' : matchImage(image, to) !== undefined;
  const shown = image === undefined && workload === undefined ? withIncidents : withNeighbours;
  const places = Map.groupBy(rows, ({ cluster, namespace, workload: { kind, name }, container }) =>
    JSON.stringify([cluster, namespace, kind, name, container]),
  );
  return [...places]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => shown(auditRollouts(own, isMatch, time.of(own[0]?.cluster))));
}
