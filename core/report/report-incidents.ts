import { toWorkloadHistory } from '../history/workload-history.ts';
import { buildIncidents, type BuiltIncident } from '../incident/build-incidents.ts';
import type { Incident } from '../incident/incident.ts';
import type { StoredDocument, WorkloadKey } from '../store-model.ts';
import type { Observation } from '../wire/observation.ts';
import { renderDraft } from './draft/render-draft.ts';
import { inputHash } from './input-hash.ts';
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
  const input = inputHash(workload.observations);
  const all = buildIncidents(workload);
  return all.map((built) => {
    const made = { watermark, inputHash: input };
    const timeline: StoredDocument = { kind: 'timeline', markdown: renderTimeline(built, input), ...made };
    return { incident: built.incident, documents: [timeline, ...(isOver(built.incident) ? [toDraft(built, all, made)] : [])] };
  });
}

/** Before that its draft is made when somebody asks for it. */
function isOver({ status, settled }: Incident): boolean {
  return settled || status === 'ended';
}

function toDraft(
  built: BuiltIncident,
  all: readonly BuiltIncident[],
  made: Pick<StoredDocument, 'watermark' | 'inputHash'>,
): StoredDocument {
  const others = all.filter((other) => other !== built).map(({ incident }) => incident);
  return { kind: 'draft', markdown: renderDraft(built, made.inputHash, { others, linksTimeline: true }), ...made };
}
