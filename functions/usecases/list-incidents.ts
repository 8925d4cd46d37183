import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { IncidentQuery } from '#core/store-model.ts';
import { decodeIncidentPosition, encodeCursor } from './ledger-cursor.ts';
import { narrowScope } from './narrow-scope.ts';
import type { ReadScope } from './read-scope.ts';

/** The JSON of `mortem get incidents -o json`. */
export interface IncidentList {
  readonly apiVersion: 'mortem.dev/v1';
  readonly kind: 'IncidentList';
  readonly items: readonly Incident[];
  /** Cursor of the next page. */
  readonly next?: string;
}

const usualLimit = 100;

/** Newest onset first. A cluster outside the scope has no incidents. */
export async function listIncidents(
  { store }: { readonly store: Pick<IncidentStore, 'incidentPage'> },
  scope: ReadScope,
  { cursor, limit = usualLimit, ...query }: IncidentQuery & { readonly cursor?: string },
): Promise<IncidentList> {
  const narrowed = narrowScope(scope, query);
  const after = cursor === undefined ? {} : { after: decodeIncidentPosition(cursor) };
  const { items, next } = narrowed === undefined ? { items: [] } : await store.incidentPage({ ...narrowed, ...after, limit });
  return {
    apiVersion: 'mortem.dev/v1',
    kind: 'IncidentList',
    items,
    ...(next === undefined ? {} : { next: encodeCursor(next) }),
  };
}
