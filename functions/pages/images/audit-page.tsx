import type { AuditedRollout, RollbackAudit } from '#core/audit/rollback-audit.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { dataThrough } from '../parts/moment.tsx';
import { Notice } from '../parts/notice.tsx';
import { Layout } from '../shell/layout.tsx';
import type { View } from '../view.ts';
import { AuditGroup } from './audit-group.tsx';
import { FailedDigests, MovedTags } from './audit-findings.tsx';
import { ImageForm } from './image-form.tsx';

interface AuditPageProps {
  readonly view: View;
  readonly audit: RollbackAudit;
  readonly parameters: Readonly<Record<string, string>>;
  readonly next?: string;
}

const matches = {
  digest: 'Matched by digest: the artefact itself, under whatever tag.',
  tag: 'Matched by tag.',
  repository: 'Every rollout of this repository.',
  workload: 'Every rollout of this workload.',
  everything: 'Every rollback that is known.',
} as const;

/** What was rolled back, and whether that helped. */
export function AuditPage({ view, audit, parameters, next }: AuditPageProps) {
  const groups = Map.groupBy(audit.items, placeOf);
  return (
    <Layout title="Rollback audit" view={view} current="images">
      <h1>Rollback audit</h1>
      <ImageForm action="/audit" parameters={parameters} />
      <p class="count" role="status">
        {audit.note === undefined ? matches[audit.matchedBy] : visibleLine(audit.note, 400)} {dataThrough(audit.through)}
      </p>
      {groups.size === 0 ? (
        <Notice title={audit.matchedBy === 'everything' ? 'No rollback is known.' : 'No rollout matches.'}>
          <p>Ask for a workload, or for an image by its repository, tag or digest.</p>
        </Notice>
      ) : (
        [...groups.values()].map((rollouts) => <AuditGroup rollouts={rollouts} />)
      )}
      {next === undefined ? null : (
        <p class="pager">
          <a class="button" href={next} rel="next">
            More workloads
          </a>
        </p>
      )}
      <MovedTags tags={audit.movedTags} />
      <FailedDigests digests={audit.failedDigests} />
    </Layout>
  );
}

function placeOf({ cluster, namespace, workload, container }: AuditedRollout): string {
  return JSON.stringify([cluster, namespace, workload.kind, workload.name, container]);
}
