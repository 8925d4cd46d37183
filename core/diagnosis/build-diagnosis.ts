import { failurePointOf } from '../incident/failure-point.ts';
import { groupSigns } from '../incident/group-signs.ts';
import { healthOf } from '../incident/health.ts';
import { jobSuccess } from '../history/jobs.ts';
import { isUnexplained } from '../incident/unexplained.ts';
import { toWorkloadHistory, type WorkloadHistory } from '../history/workload-history.ts';
import { findSigns } from '../rules/find-signs.ts';
import { rules } from '../rules/registry.ts';
import type { FoundSign } from '../rules/rule.ts';
import type { WorkloadKey } from '../store-model.ts';
import { formatInstant, type Instant } from '../time/instant.ts';
import type { Observation } from '../wire/observation.ts';
import type { Diagnosis, DiagnosedFinding } from './diagnosis.ts';

/**
 * One look at a cluster: what fails now, or has recovered so recently that it has not settled.
 *
 * @param observations of one cluster; each pod's `observedAt` is the newest time its own status shows
 * @param now epoch milliseconds
 */
export function buildDiagnosis(observations: readonly Observation[], now: Instant): Diagnosis {
  const findings = workloadsIn(observations).flatMap(({ key, own }) =>
    findingsOf(toWorkloadHistory({ key, observations: own, now, snapshot: true })),
  );
  return { apiVersion: 'mortem.dev/v1', kind: 'Diagnosis', now: formatInstant(now), findings: findings.toSorted(byPlace) };
}

function workloadsIn(observations: readonly Observation[]): readonly { key: WorkloadKey; own: readonly Observation[] }[] {
  const owned = observations.filter((item) => item.kind === 'pod' || item.kind === 'workload' || item.kind === 'log');
  const shared = observations.filter((item) => item.kind === 'event' || item.kind === 'node');
  const groups = Map.groupBy(owned, (item) => JSON.stringify([item.namespace, item.workload.kind, item.workload.name]));
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const key = { cluster: first.cluster, namespace: first.namespace, kind: first.workload.kind, name: first.workload.name };
    return [{ key, own: [...own, ...shared] }];
  });
}

function findingsOf(workload: WorkloadHistory): readonly DiagnosedFinding[] {
  const signs = findSigns(workload, rules);
  const current = groupSigns(workload, signs.primary, healthOf(workload)).at(-1);
  if (current === undefined || (current.settled && current.endedAt === undefined) || endedWell(workload)) return [];
  const kept = newestOfEach(current.signs);
  const explained = signs.secondary.filter((item) => kept.includes(item.explainedBy));
  return [
    ...kept.map((sign) =>
      toFinding(workload, sign, { explains: explained.filter((item) => item.explainedBy === sign).map((item) => item.sign.rule) }),
    ),
    ...explained.map(({ sign, explainedBy }) => toFinding(workload, echoOf(sign, explainedBy), { explainedBy: explainedBy.rule })),
  ];
}

/** A Job that completed in the end has nothing left to mend, however many of its pods failed before. */
function endedWell({ top }: WorkloadHistory): boolean {
  return top?.kind === 'Job' && jobSuccess(top) !== undefined;
}

/** One primary finding a container: of several deaths the newest speaks, unless an older one is the only one explained. */
function newestOfEach(signs: readonly FoundSign[]): readonly FoundSign[] {
  const groups = Map.groupBy(signs, (sign) => JSON.stringify([sign.podUid, sign.container?.name ?? '']));
  return [...groups.values()].flatMap((group) => {
    const ordered = group.toSorted((a, b) => a.lastAt - b.lastAt);
    const newest = ordered.at(-1);
    const telling = ordered.findLast((sign) => sign.symptom === newest?.symptom && !isUnexplained(sign.cause)) ?? newest;
    return telling === undefined ? [] : [telling];
  });
}

/** What another finding explains has no cause of its own. */
function echoOf(sign: FoundSign, explainedBy: FoundSign): FoundSign {
  return { ...sign, cause: explainedBy.cause, basis: 'derived', summary: `Explained by ${explainedBy.symptom}: ${explainedBy.summary}` };
}

function toFinding(
  workload: WorkloadHistory,
  sign: FoundSign,
  relation: { explains?: readonly string[]; explainedBy?: string },
): DiagnosedFinding {
  const { explains = [], explainedBy } = relation;
  return {
    namespace: workload.key.namespace,
    workload: { kind: workload.key.kind, name: workload.key.name },
    ...(sign.pod === undefined ? {} : { pod: sign.pod }),
    ...(sign.container === undefined ? {} : { container: sign.container.name, containerRole: sign.container.role }),
    symptom: sign.symptom,
    reason: sign.reason,
    phase: sign.container?.role === 'init' ? 'init' : sign.phase,
    failurePoint: failurePointOf(sign.symptom, sign.phase),
    cause: sign.cause,
    basis: sign.basis,
    rule: sign.rule,
    ...(sign.image === undefined ? {} : { image: sign.image }),
    ...(sign.exitCode === undefined ? {} : { exitCode: sign.exitCode }),
    ...(sign.restartCount === undefined ? {} : { restartCount: sign.restartCount }),
    summary: sign.summary,
    evidence: sign.evidence,
    ...(explainedBy === undefined ? {} : { secondary: true, explainedBy }),
    ...(explains.length === 0 ? {} : { explains: [...new Set(explains)] }),
  };
}

function byPlace(a: DiagnosedFinding, b: DiagnosedFinding): number {
  const place = (finding: DiagnosedFinding) =>
    [
      finding.namespace,
      finding.workload.kind,
      finding.workload.name,
      finding.pod ?? '',
      finding.secondary === true ? '1' : '0',
      finding.container ?? '',
    ].join('\u0000');
  return place(a) < place(b) ? -1 : 1;
}
