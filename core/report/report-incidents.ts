import { toWorkloadHistory } from '../history/workload-history.ts';
import { buildIncidents } from '../incident/build-incidents.ts';
import type { Incident } from '../incident/incident.ts';
import type { StoredDocument, WorkloadKey } from '../store-model.ts';
import type { Observation } from '../wire/observation.ts';
import { hashText } from '../wire/observation-id.ts';
import { renderTimeline } from './timeline/render-timeline.ts';

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
export function reportIncidents(key: WorkloadKey, observations: readonly Observation[], watermark: number): readonly ReportedIncident[] {
  const workload = toWorkloadHistory({ key, observations, now: watermark });
  const inputHash = hashOf(workload.observations);
  return buildIncidents(workload).map((built) => ({
    incident: built.incident,
    documents: [{ kind: 'timeline', markdown: renderTimeline(built, inputHash), watermark, inputHash }],
  }));
}

/** Over what can differ between two sets: ids, the earliest times, and which of two logs was kept. */
function hashOf(observations: readonly Observation[]): string {
  return hashText(
    observations.map((item) => `${item.id} ${item.observedAt}${item.kind === 'log' ? ` ${item.text?.length ?? -1}` : ''}`).join('\n'),
  );
}
