import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import { findIncident, type SourcedIncident } from '#core/report/incident-source.ts';
import { getIncident } from './get-incident.ts';
import { sourceOf } from './incident-source.ts';
import type { ReadScope } from './read-scope.ts';

export interface IncidentRecords {
  readonly incident: Incident;
  /** Absent once the records it was made from are older than they are kept. */
  readonly source?: SourcedIncident;
}

/**
 * An incident with what it was built from, for everything that is drawn of it.
 *
 * @throws {MortemError} as {@link getIncident} does
 */
export async function readIncidentRecords(
  { store }: { readonly store: Pick<IncidentStore, 'incident' | 'observationsOf' | 'watermark'> },
  scope: ReadScope,
  idOrPrefix: string,
): Promise<IncidentRecords> {
  const incident = await getIncident({ store }, scope, idOrPrefix);
  const source = findIncident(await sourceOf(store, incident), incident.id);
  return { incident, ...(source === undefined ? {} : { source }) };
}
