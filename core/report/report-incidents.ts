import { toWorkloadHistory } from '../history/workload-history.ts';
import { buildIncidents, type BuiltIncident } from '../incident/build-incidents.ts';
import type { Incident } from '../incident/incident.ts';
import type { StoredDocument, WorkloadKey } from '../store-model.ts';
import { hashText, type HashText } from '../wire/observation-id.ts';
import type { Observation } from '../wire/observation.ts';
import { renderDraft } from './draft/render-draft.ts';
import { sourceIncident } from './incident-source.ts';
import { renderTimeline } from './timeline/render-timeline.ts';

export interface ReportedIncident {
  readonly incident: Incident;
  readonly documents: readonly StoredDocument[];
}

/**
 * All incidents of one workload, with the documents of those that are over: a pure function of the set of observations and
 * of the cluster's watermark. Order and repetition of the observations change nothing. Documents of an incident that still
 * changes are made when somebody asks for them ({@link timelineIncident}, {@link draftIncident}), and not at every record.
 *
 * @param observations what {@link IncidentStore.observationsOf} returns for the workload
 * @param watermark latest data time of the cluster, epoch milliseconds
 */
export function reportIncidents(
  key: WorkloadKey,
  observations: readonly Observation[],
  watermark: number,
  hash: HashText = hashText,
): readonly ReportedIncident[] {
  return documentIncidents(buildIncidents(toWorkloadHistory({ key, observations, now: watermark, hash })));
}

export function documentIncidents(all: readonly BuiltIncident[]): readonly ReportedIncident[] {
  return all.map((built) => ({ incident: built.incident, documents: isOver(built.incident) ? documentsOf(built, all) : [] }));
}

/** Nothing but a late record changes it any more. */
export function isOver({ status, settled }: Incident): boolean {
  return settled || status === 'ended';
}

function documentsOf(incident: BuiltIncident, all: readonly BuiltIncident[]): readonly StoredDocument[] {
  const { built, earlier, input } = sourceIncident(incident, all);
  const made = { watermark: built.workload.now, inputHash: input };
  return [
    { kind: 'timeline', markdown: renderTimeline(built, input), ...made },
    { kind: 'draft', markdown: renderDraft(built, input, { earlier, linksTimeline: true }), ...made },
  ];
}
