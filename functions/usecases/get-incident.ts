import { MortemError } from '#core/errors.ts';
import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import { isInScope, type ReadScope } from './read-scope.ts';

/**
 * By id, older id or unique prefix.
 *
 * @throws {MortemError} `not-found`, also for an incident outside the scope; `conflict` when several match
 */
export async function getIncident(
  { store }: { readonly store: Pick<IncidentStore, 'incident'> },
  scope: ReadScope,
  idOrPrefix: string,
): Promise<Incident> {
  const id = /^inc-/i.test(idOrPrefix) ? `INC-${idOrPrefix.slice(4).toLowerCase()}` : idOrPrefix;
  const incident = await store.incident(id);
  if (incident !== undefined && isInScope(scope, incident)) return incident;
  throw new MortemError(
    'not-found',
    `There is no incident ${JSON.stringify(idOrPrefix.slice(0, 80))}. List them with "mortem get incidents".`,
  );
}
