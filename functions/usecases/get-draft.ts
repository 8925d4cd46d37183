import { MortemError } from '#core/errors.ts';
import type { IncidentStore } from '#core/ports.ts';
import { draftIncident, type DraftWish } from '#core/report/draft-incident.ts';
import type { TargetDocument } from '#core/report/targets/target.ts';
import { getIncident } from './get-incident.ts';
import type { ReadScope } from './read-scope.ts';

export interface DraftDeps {
  readonly store: Pick<IncidentStore, 'incident' | 'document' | 'observationsOf' | 'watermark'>;
}

/**
 * The stored draft of an incident that is over; before that, or in another shape than the stored one, made from the
 * observations on the spot, which the document then says of itself.
 *
 * @throws {MortemError} as {@link getIncident} does
 */
export async function getDraft({ store }: DraftDeps, scope: ReadScope, idOrPrefix: string, wish: DraftWish = {}): Promise<TargetDocument> {
  const incident = await getIncident({ store }, scope, idOrPrefix);
  const { cluster, namespace, workload } = incident;
  const asStored = wish.target === undefined && wish.heading === undefined && wish.timezone === undefined;
  const stored = asStored ? await store.document(incident.id, 'draft') : undefined;
  if (stored !== undefined) return { mediaType: 'text/markdown', parts: [stored.markdown] };
  const key = { cluster, namespace, kind: workload.kind, name: workload.name };
  const [observations, watermark] = [await store.observationsOf(key), await store.watermark(cluster)];
  const made = draftIncident({ key, observations, watermark }, incident.id, wish);
  if (made !== undefined) return made;
  throw new MortemError('not-found', `Incident ${incident.id} is being built anew. Ask again in a moment.`);
}
