import type { IncidentStore } from '#core/ports.ts';
import type { StoredDocument } from '#core/store-model.ts';
import { formatInstant } from '#core/time/instant.ts';
import { getIncident } from './get-incident.ts';
import type { ReadScope } from './read-scope.ts';

/** The JSON of `mortem draft TARGET --versions -o json`. */
export interface DocumentVersionList {
  readonly apiVersion: 'mortem.dev/v1';
  readonly kind: 'DocumentVersionList';
  readonly incident: string;
  readonly document: StoredDocument['kind'];
  /** Oldest first; the last is in force while the incident is over. Empty before anything was stored. */
  readonly items: readonly {
    readonly version: number;
    /** RFC 3339: the latest data time it was made from. */
    readonly dataThrough: string;
    readonly inputHash: string;
  }[];
}

/** @throws {MortemError} as {@link getIncident} does */
export async function listDocumentVersions(
  { store }: { readonly store: Pick<IncidentStore, 'incident' | 'documentVersions'> },
  scope: ReadScope,
  { idOrPrefix, kind }: { readonly idOrPrefix: string; readonly kind: StoredDocument['kind'] },
): Promise<DocumentVersionList> {
  const { id } = await getIncident({ store }, scope, idOrPrefix);
  const versions = await store.documentVersions(id, kind);
  return {
    apiVersion: 'mortem.dev/v1',
    kind: 'DocumentVersionList',
    incident: id,
    document: kind,
    items: versions.map(({ version, watermark, inputHash }) => ({ version, dataThrough: formatInstant(watermark), inputHash })),
  };
}
