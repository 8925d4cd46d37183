import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { IncidentQuery } from '#core/store-model.ts';
import type { ReadScope } from './read-scope.ts';

/** The JSON of `mortem get incidents -o json`. */
export interface IncidentList {
  readonly apiVersion: 'mortem.dev/v1';
  readonly kind: 'IncidentList';
  readonly items: readonly Incident[];
}

/** Newest onset first. A cluster outside the scope has no incidents. */
export async function listIncidents(
  { store }: { readonly store: Pick<IncidentStore, 'incidents'> },
  scope: ReadScope,
  query: IncidentQuery,
): Promise<IncidentList> {
  const isForeign = scope.cluster !== undefined && query.cluster !== undefined && query.cluster !== scope.cluster;
  return { apiVersion: 'mortem.dev/v1', kind: 'IncidentList', items: isForeign ? [] : await store.incidents({ ...query, ...scope }) };
}
