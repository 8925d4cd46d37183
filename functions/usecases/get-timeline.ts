import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { TargetDocument } from '#core/report/targets/target.ts';
import { timelineIncident, type TimelineWish } from '#core/report/timeline-incident.ts';
import { getIncident } from './get-incident.ts';
import { notMade, sourceOf } from './incident-source.ts';
import type { ReadScope } from './read-scope.ts';

export interface TimelineDeps {
  readonly store: Pick<IncidentStore, 'incident' | 'document' | 'observationsOf' | 'watermark'>;
}

/**
 * The stored timeline of an incident that is over; before that, or in another shape than the stored one, made from the
 * observations on the spot, which the document then says of itself.
 *
 * @throws {MortemError} as {@link getIncident} and {@link notMade} do
 */
export async function getTimeline(
  { store }: TimelineDeps,
  scope: ReadScope,
  idOrPrefix: string,
  wish: TimelineWish = {},
): Promise<{ readonly incident: Incident; readonly markdown: string; readonly parts: TargetDocument['parts'] }> {
  const incident = await getIncident({ store }, scope, idOrPrefix);
  const asStored = wish.target === undefined && wish.timezone === undefined;
  const stored = asStored ? await store.document(incident.id, 'timeline') : undefined;
  if (stored !== undefined) return { incident, markdown: stored.markdown, parts: [stored.markdown] };
  const { parts } = timelineIncident(await sourceOf(store, incident), incident.id, wish) ?? (await notMade(store, incident, 'timeline'));
  return { incident, markdown: parts[0], parts };
}
