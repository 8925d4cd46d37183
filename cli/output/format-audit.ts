import type { AuditedRollout, RollbackAudit } from '#core/audit/rollback-audit.ts';
import { shortImage } from '#core/incident/image.ts';
import { objectName } from '#core/report/object-name.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { describeDuration } from '#core/time/duration.ts';
import { formatTable } from './print-table.ts';

const shortDigest = 'sha256:'.length + 12;

/** `mortem audit rollbacks`: a line a rollout, then each of those asked for in a sentence, then tags and digests to know about. */
export function formatAudit({ matchedBy, items, movedTags, failedDigests }: RollbackAudit, wide: boolean): string {
  const several = wide || new Set(items.map(({ cluster }) => cluster)).size > 1;
  const header = [
    'TIME',
    ...(several ? ['CLUSTER'] : []),
    'NAMESPACE',
    'WORKLOAD',
    'CONTAINER',
    'REV',
    'FROM',
    'TO',
    'KIND',
    'LIVED',
    'FIRST FAILURE',
    'OUTCOME',
    'EVIDENCE',
    ...(wide ? ['MECHANISM', 'INCIDENTS'] : []),
  ];
  const table = formatTable(
    header,
    items.map((item) => toRow(item, { several, wide })),
  );
  return [
    table,
    items
      // Whether a rollback helped is said of what it replaced.
      .filter(({ matched }) => matched || matchedBy === 'everything')
      .map(sentence)
      .join('\n'),
    movedTags
      .map(({ repository, tag, digests }) =>
        visibleLine(
          `tag moved: ${repository}:${tag} meant ${digests.map(({ digest, firstAt }) => `${digest.slice(0, shortDigest)} from ${firstAt}`).join(', then ')}`,
          400,
        ),
      )
      .join('\n'),
    failedDigests
      .map(({ repository, digest, clusters }) =>
        visibleLine(
          `failed in several clusters: ${repository}@${digest.slice(0, shortDigest)}: ${clusters.map(({ cluster, symptoms, deaths }) => `${cluster} (${symptoms.join(', ')}, ${deaths} deaths)`).join('; ')}`,
          400,
        ),
      )
      .join('\n'),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function sentence({ namespace, workload, container, summary }: AuditedRollout): string {
  return visibleLine(`${namespace}/${objectName(workload.kind, workload.name)} ${container}: ${summary}`, 600);
}

function toRow(item: AuditedRollout, { several, wide }: { readonly several: boolean; readonly wide: boolean }): readonly string[] {
  const {
    at,
    cluster,
    namespace,
    workload,
    container,
    revision,
    revisionHash,
    from,
    to,
    kind,
    livedSeconds,
    current,
    evidence,
    mechanism,
    incidents,
  } = item;
  return [
    at,
    ...(several ? [cluster] : []),
    namespace,
    objectName(workload.kind, workload.name),
    container,
    revision ?? revisionHash ?? '-',
    from === undefined ? '-' : shortImage(from),
    shortImage(to),
    kind,
    `${describeDuration(livedSeconds * 1000)}${current ? ', current' : ''}`,
    firstFailure(item),
    outcome(item),
    evidence.slice(0, 'EV-'.length + 8),
    ...(wide
      ? [
          [mechanism.kind, mechanism.tool, mechanism.gitRevision, mechanism.helmChart, mechanism.changeCause]
            .filter((part) => part !== undefined)
            .join(' '),
          incidents.join(' ') || '-',
        ]
      : []),
  ];
}

function firstFailure({ failures, firstFailureAfterSeconds }: AuditedRollout): string {
  if (firstFailureAfterSeconds === undefined) return '-';
  return `${[...new Set(failures.map(({ symptom }) => symptom))].join(', ')} after ${describeDuration(firstFailureAfterSeconds * 1000)}`;
}

/** Of the symptoms of this rollout, on what replaced it. */
function outcome({ replacedBy, failures }: AuditedRollout): string {
  if (replacedBy === undefined || failures.length === 0) return '-';
  if (replacedBy.verdict === undefined) return 'over before it was replaced';
  const quiet = describeDuration((replacedBy.quietSeconds ?? 0) * 1000);
  return replacedBy.verdict === 'ended' ? `ended, quiet for ${quiet}` : `${replacedBy.verdict} after ${quiet}`;
}
