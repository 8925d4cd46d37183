import type { WorkloadHistory } from '../history/workload-history.ts';
import { buildRollouts, type RecordedRollout } from '../rollouts/build-rollouts.ts';
import { findSigns, type Signs } from '../rules/find-signs.ts';
import { rules } from '../rules/registry.ts';
import type { FoundSign } from '../rules/rule.ts';
import { formatInstant } from '../time/instant.ts';
import { buildChapters, type BuiltChapter } from './build-chapters.ts';
import { countCoverage } from './count-coverage.ts';
import { decideMitigation } from './decide-mitigation.ts';
import { groupSigns, type SignGroup } from './group-signs.ts';
import { healthOf, type HealthPoint } from './health.ts';
import type { Incident, Rollout } from './incident.ts';
import { nameIncident } from './name-incident.ts';
import { scopeOf } from './scope-of.ts';

/** An incident with the material it was built from: what the documents are written of. */
export interface BuiltIncident {
  readonly incident: Incident;
  readonly chapters: readonly BuiltChapter[];
  readonly group: SignGroup;
  readonly workload: WorkloadHistory;
  readonly rollouts: readonly Rollout[];
  readonly health: readonly HealthPoint[];
  readonly signs: Signs;
}

/** All that the rules and the rollouts tell of one workload. */
export interface ExaminedWorkload {
  readonly workload: WorkloadHistory;
  readonly signs: Signs;
  readonly rollouts: readonly RecordedRollout[];
  /** Oldest first. Nothing wrong gives an empty list. */
  readonly incidents: readonly BuiltIncident[];
}

export function examineWorkload(workload: WorkloadHistory): ExaminedWorkload {
  const signs = findSigns(workload, rules);
  const recorded = buildRollouts(workload);
  if (signs.primary.length === 0) return { workload, signs, rollouts: recorded, incidents: [] };
  const health = healthOf(workload);
  const rollouts = recorded.map(({ rollout }) => rollout);
  const incidents = groupSigns(workload, signs.primary, health).map((group) => {
    const chapters = buildChapters(group.signs);
    return { incident: toIncident({ workload, group, chapters, rollouts, signs }), chapters, group, workload, rollouts, health, signs };
  });
  return { workload, signs, rollouts: recorded, incidents };
}

/** The incidents of one workload, oldest first. Nothing wrong gives an empty list. */
export function buildIncidents(workload: WorkloadHistory): readonly BuiltIncident[] {
  return examineWorkload(workload).incidents;
}

type IncidentParts = Pick<BuiltIncident, 'workload' | 'group' | 'chapters' | 'rollouts' | 'signs'>;

function toIncident({ workload, group, chapters, rollouts, signs }: IncidentParts): Incident {
  const { cluster, namespace, kind, name } = workload.key;
  // What is explained by now may have opened the incident before its explanation was seen.
  const own = new Set<FoundSign>(group.signs);
  const explained = signs.secondary.filter((item) => own.has(item.explainedBy)).map((item) => item.sign);
  const scope = scopeOf(workload, group);
  const to = group.recoveredAt ?? group.endedAt ?? workload.now;
  return {
    ...nameIncident(workload, [...group.signs, ...explained]),
    cluster,
    namespace,
    workload: { kind, name },
    status: group.endedAt !== undefined ? 'ended' : group.recoveredAt !== undefined ? 'recovered' : 'open',
    settled: group.settled,
    onsetAt: formatInstant(group.onsetAt),
    mitigation: decideMitigation(workload, group, rollouts),
    chapters: chapters.map(({ chapter }) => chapter),
    coverage: countCoverage(workload, group.signs, { from: group.onsetAt, to }),
    ...(group.recoveredAt === undefined ? {} : { recoveredAt: formatInstant(group.recoveredAt) }),
    ...(scope.length === 0 ? {} : { scope }),
  };
}
