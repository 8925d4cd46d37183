import { toWorkloadHistory } from '../history/workload-history.ts';
import { buildIncidents, type BuiltIncident } from '../incident/build-incidents.ts';
import type { Incident } from '../incident/incident.ts';
import type { WorkloadKey } from '../store-model.ts';
import type { Observation } from '../wire/observation.ts';
import { inputHash } from './input-hash.ts';

/** What a document can be made from at any time. */
export interface IncidentSource {
  readonly key: WorkloadKey;
  readonly observations: readonly Observation[];
  /** Latest data time of the cluster, epoch milliseconds. */
  readonly watermark: number;
}

/** One incident of a workload, the others beside it, and the name of the set they were made from. */
export interface SourcedIncident {
  readonly built: BuiltIncident;
  readonly others: readonly Incident[];
  readonly input: string;
}

/**
 * @param incidentId as it is now, or one it had before
 * @returns undefined when these observations make no such incident
 */
export function findIncident({ key, observations, watermark }: IncidentSource, incidentId: string): SourcedIncident | undefined {
  const workload = toWorkloadHistory({ key, observations, now: watermark });
  const all = buildIncidents(workload);
  const built = all.find(({ incident }) => incident.id === incidentId) ?? all.find(({ incident }) => incident.aliases.includes(incidentId));
  if (built === undefined) return undefined;
  const others = all.filter((other) => other !== built).map(({ incident }) => incident);
  return { built, others, input: inputHash(workload.observations) };
}
