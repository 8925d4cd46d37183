import { compareText } from '../compare-text.ts';
import { repositoryOf } from '../incident/image.ts';
import type { RolloutRecord } from '../ledger/rollout-record.ts';
import type { FailedDigest } from './rollback-audit.ts';

/** Digests on which something failed in more than one cluster. */
export function failedDigests(rollouts: readonly RolloutRecord[]): readonly FailedDigest[] {
  const failed = rollouts.filter(({ to, failures }) => to.digest !== undefined && failures.length > 0);
  return [...Map.groupBy(failed, ({ to }) => to.digest ?? '')]
    .flatMap(([digest, rows]) => {
      const clusters = [...Map.groupBy(rows, ({ cluster }) => cluster)].map(([cluster, own]) => ({
        cluster,
        symptoms: [...new Set(own.flatMap(({ failures }) => failures.map(({ symptom }) => symptom)))].toSorted(compareText),
        deaths: own.reduce((sum, { failures }) => sum + failures.reduce((all, { deaths }) => all + deaths, 0), 0),
      }));
      if (clusters.length < 2) return [];
      return [
        {
          repository: repositoryOf(rows[0]?.to.ref ?? ''),
          digest,
          tags: [...new Set(rows.flatMap(({ to }) => to.tag ?? []))].toSorted(compareText),
          clusters: clusters.toSorted((a, b) => compareText(a.cluster, b.cluster)),
        },
      ];
    })
    .toSorted((a, b) => compareText(a.repository, b.repository) || compareText(a.digest, b.digest));
}
