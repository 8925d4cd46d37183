import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import { timelineIncident } from '#core/report/timeline-incident.ts';
import { getIncident } from './get-incident.ts';
import { beingBuilt, sourceOf } from './incident-source.ts';
import type { ReadScope } from './read-scope.ts';

export interface TimelineDeps {
  readonly store: Pick<IncidentStore, 'incident' | 'document' | 'observationsOf' | 'watermark'>;
}

/**
 * The stored timeline of an incident that is over; before that, made from the observations on the spot.
 *
 * @throws {MortemError} as {@link getIncident} and {@link beingBuilt} do
 */
export async function getTimeline(
  { store }: TimelineDeps,
  scope: ReadScope,
  idOrPrefix: string,
): Promise<{ readonly incident: Incident; readonly markdown: string }> {
  const incident = await getIncident({ store }, scope, idOrPrefix);
  const stored = await store.document(incident.id, 'timeline');
  if (stored !== undefined) return { incident, markdown: stored.markdown };
  return { incident, markdown: timelineIncident(await sourceOf(store, incident), incident.id) ?? beingBuilt(incident) };
}
