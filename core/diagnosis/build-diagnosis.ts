import { failurePointOf } from '../incident/failure-point.ts';
import { groupSigns } from '../incident/group-signs.ts';
import { healthOf } from '../incident/health.ts';
import type { ScopeFact } from '../incident/incident.ts';
import { jobSuccess } from '../history/jobs.ts';
import { isUnexplained } from '../incident/unexplained.ts';
import { toWorkloadHistory, type WorkloadHistory } from '../history/workload-history.ts';
import { findSigns, type Signs } from '../rules/find-signs.ts';
import { rules } from '../rules/registry.ts';
import type { FoundSign } from '../rules/rule.ts';
import type { WorkloadKey } from '../store-model.ts';
import { formatInstant, type Instant } from '../time/instant.ts';
import type { EventObservation } from '../wire/event.ts';
import type { Observation } from '../wire/observation.ts';
import type { Diagnosis, DiagnosedFinding } from './diagnosis.ts';
import { scopeOfFindings, type FailingWorkload } from './scope-of-findings.ts';

/**
 * One look at a cluster: what fails now, or has recovered so recently that it has not settled.
 *
 * @param observations of one cluster; each pod's `observedAt` is the newest time its own status shows
 * @param now epoch milliseconds
 */
export function buildDiagnosis(observations: readonly Observation[], now: Instant): Diagnosis {
  const failing = workloadsIn(observations).flatMap(({ key, own }) =>
    examine(toWorkloadHistory({ key, observations: own, now, snapshot: true })),
  );
  const scopeOf = scopeOfFindings(failing);
  const findings = failing.flatMap((item) => findingsOf(item, (sign) => scopeOf(item, sign)));
  return { apiVersion: 'mortem.dev/v1', kind: 'Diagnosis', now: formatInstant(now), findings: findings.toSorted(byPlace) };
}

function workloadsIn(observations: readonly Observation[]): readonly { key: WorkloadKey; own: readonly Observation[] }[] {
  const owned = observations.filter((item) => item.kind === 'pod' || item.kind === 'workload' || item.kind === 'log');
  const nodes = observations.filter((item) => item.kind === 'node');
  const events = eventsByObject(observations.filter((item) => item.kind === 'event'));
  const groups = Map.groupBy(owned, (item) => JSON.stringify([item.namespace, item.workload.kind, item.workload.name]));
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const key = { cluster: first.cluster, namespace: first.namespace, kind: first.workload.kind, name: first.workload.name };
    return [{ key, own: [...own, ...events(own), ...nodes] }];
  });
}

/** A cluster has many events, and each workload is judged by few: those of its own objects, and those of what it shares with others. */
function eventsByObject(events: readonly EventObservation[]): (own: readonly Observation[]) => readonly EventObservation[] {
  const byName = Map.groupBy(events, ({ involvedObject: { kind, name } }) => (ownKinds.has(kind) ? `${kind}/${name}` : ''));
  const shared = byName.get('') ?? [];
  return (objects) => {
    const names = new Set(
      objects.flatMap((item) => {
        if (item.kind === 'pod') return [`Pod/${item.name}`];
        return item.kind === 'workload' ? [`${item.objectKind}/${item.name}`] : [];
      }),
    );
    return [...shared, ...[...names].flatMap((name) => byName.get(name) ?? [])];
  };
}

/** Kinds whose events are about one workload. */
const ownKinds: ReadonlySet<string> = new Set(['Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

interface Examined extends FailingWorkload {
  readonly explained: Signs['secondary'];
}

/** Nothing, or the workload with what fails in it now. */
function examine(workload: WorkloadHistory): readonly Examined[] {
  const signs = findSigns(workload, rules);
  const current = groupSigns(workload, signs.primary, healthOf(workload)).at(-1);
  if (current === undefined || (current.settled && current.endedAt === undefined) || endedWell(workload)) return [];
  const kept = newestOfEach(current.signs);
  return [{ workload, signs: kept, explained: signs.secondary.filter((item) => kept.includes(item.explainedBy)) }];
}

function findingsOf(
  { workload, signs, explained }: Examined,
  scopeOf: (sign: FoundSign) => readonly ScopeFact[],
): readonly DiagnosedFinding[] {
  return [
    ...signs.map((sign) =>
      toFinding(workload, sign, {
        explains: explained.filter((item) => item.explainedBy === sign).map((item) => item.sign.rule),
        scope: scopeOf(sign),
      }),
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
  relation: { explains?: readonly string[]; explainedBy?: string; scope?: readonly ScopeFact[] },
): DiagnosedFinding {
  const { explains = [], explainedBy, scope = [] } = relation;
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
    ...(scope.length === 0 ? {} : { scope }),
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
