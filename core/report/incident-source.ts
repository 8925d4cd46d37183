import { toWorkloadHistory } from '../history/workload-history.ts';
import { buildIncidents, type BuiltIncident } from '../incident/build-incidents.ts';
import type { Incident } from '../incident/incident.ts';
import type { WorkloadKey } from '../store-model.ts';
import type { HashText } from '../wire/observation-id.ts';
import type { Observation } from '../wire/observation.ts';
import { documentScope, withinScope } from './document-scope.ts';
import { inputHash } from './input-hash.ts';

/** What a document can be made from at any time. */
export interface IncidentSource {
  readonly key: WorkloadKey;
  readonly observations: readonly Observation[];
  /** Latest data time of the cluster, epoch milliseconds. */
  readonly watermark: number;
  readonly hash?: HashText;
}

/** One incident as its documents see it, the workload's earlier ones beside it, and the name of the set they were made from. */
export interface SourcedIncident {
  readonly built: BuiltIncident;
  readonly earlier: readonly Incident[];
  readonly input: string;
}

/**
 * @param incidentId as it is now, or one it had before
 * @returns undefined when these observations make no such incident
 */
export function findIncident({ watermark, ...records }: IncidentSource, incidentId: string): SourcedIncident | undefined {
  const all = buildIncidents(toWorkloadHistory({ ...records, now: watermark }));
  const built = all.find(({ incident }) => incident.id === incidentId) ?? all.find(({ incident }) => incident.aliases.includes(incidentId));
  return built === undefined ? undefined : sourceIncident(built, all);
}

/** @param all incidents of the workload, oldest first */
export function sourceIncident(built: BuiltIncident, all: readonly BuiltIncident[]): SourcedIncident {
  const scope = documentScope(built);
  const earlier = all.slice(0, all.indexOf(built)).map(({ incident }) => incident);
  return { built: withinScope(built, scope), earlier, input: inputHash(scope.observations, built.workload.hash) };
}
