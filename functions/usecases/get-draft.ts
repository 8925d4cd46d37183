import type { IncidentStore } from '#core/ports.ts';
import { draftIncident, type DraftWish } from '#core/report/draft-incident.ts';
import type { TargetDocument } from '#core/report/targets/target.ts';
import { getIncident } from './get-incident.ts';
import { notMade, sourceOf } from './incident-source.ts';
import type { ReadScope } from './read-scope.ts';

export interface DraftDeps {
  readonly store: Pick<IncidentStore, 'incident' | 'document' | 'observationsOf' | 'watermark'>;
}

/**
 * The stored draft of an incident that is over; before that, or in another shape than the stored one, made from the
 * observations on the spot, which the document then says of itself.
 *
 * @throws {MortemError} as {@link getIncident} and {@link notMade} do
 */
export async function getDraft({ store }: DraftDeps, scope: ReadScope, idOrPrefix: string, wish: DraftWish = {}): Promise<TargetDocument> {
  const incident = await getIncident({ store }, scope, idOrPrefix);
  const asStored = wish.target === undefined && wish.heading === undefined && wish.timezone === undefined;
  const stored = asStored ? await store.document(incident.id, 'draft') : undefined;
  if (stored !== undefined) return { mediaType: 'text/markdown', parts: [stored.markdown] };
  const made = draftIncident(await sourceOf(store, incident), incident.id, wish);
  return made ?? notMade(store, incident, 'draft');
}
