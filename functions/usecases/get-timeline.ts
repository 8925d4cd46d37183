import { MortemError } from '#core/errors.ts';
import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { StoredDocument } from '#core/store-model.ts';
import { getIncident } from './get-incident.ts';
import type { ReadScope } from './read-scope.ts';

/** @throws {MortemError} as {@link getIncident} does, and `not-found` when nothing was written about it yet */
export async function getTimeline(
  { store }: { readonly store: Pick<IncidentStore, 'incident' | 'document'> },
  scope: ReadScope,
  idOrPrefix: string,
): Promise<{ readonly incident: Incident; readonly timeline: StoredDocument }> {
  const incident = await getIncident({ store }, scope, idOrPrefix);
  const timeline = await store.document(incident.id, 'timeline');
  if (timeline !== undefined) return { incident, timeline };
  throw new MortemError('not-found', `Incident ${incident.id} has no timeline yet. Ask again in a moment.`);
}
