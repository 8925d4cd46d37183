import type { Incident } from '../incident/incident.ts';
import type { StoredDocument, WorkloadKey } from '../store-model.ts';
import type { Observation } from '../wire/observation.ts';

export interface ReportedIncident {
  readonly incident: Incident;
  readonly documents: readonly StoredDocument[];
}

/**
 * All incidents of one workload with their documents: a pure function of the set of observations and of the cluster's
 * watermark. Order and repetition of the observations change nothing.
 *
 * @param observations what {@link IncidentStore.observationsOf} returns for the workload
 * @param watermark latest data time of the cluster, epoch milliseconds
 */
export function reportIncidents(_key: WorkloadKey, _observations: readonly Observation[], _watermark: number): readonly ReportedIncident[] {
  return [];
}
