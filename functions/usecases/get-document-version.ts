import { MortemError } from '#core/errors.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { StoredDocument } from '#core/store-model.ts';
import { getIncident } from './get-incident.ts';
import type { ReadScope } from './read-scope.ts';

export interface WantedVersion {
  readonly idOrPrefix: string;
  readonly kind: StoredDocument['kind'];
  readonly version: number;
}

/**
 * A document as it was stored once, word for word.
 *
 * @throws {MortemError} as {@link getIncident} does, and `not-found` for a number that no version has
 */
export async function getDocumentVersion(
  { store }: { readonly store: Pick<IncidentStore, 'incident' | 'document' | 'documentVersions'> },
  scope: ReadScope,
  { idOrPrefix, kind, version }: WantedVersion,
): Promise<StoredDocument> {
  const { id } = await getIncident({ store }, scope, idOrPrefix);
  const found = await store.document(id, kind, version);
  if (found !== undefined) return found;
  const known = (await store.documentVersions(id, kind)).length;
  throw new MortemError(
    'not-found',
    known === 0
      ? `No ${kind} of ${id} was stored yet: that happens when it has settled or ended. Leave the version out to have it made now.`
      : `The ${kind} of ${id} has versions 1 to ${known}, not ${version}.`,
  );
}
