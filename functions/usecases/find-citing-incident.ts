import { incidentId, type EvidenceId } from '#core/evidence/evidence-id.ts';
import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { Observation } from '#core/wire/observation.ts';
import { isInScope, type ReadScope } from './read-scope.ts';

/** Every evidence of an incident is one of its ids: it might have opened it. */
export async function findCitingIncident(
  { store }: { readonly store: Pick<IncidentStore, 'incident'> },
  scope: ReadScope,
  { evidenceId, observation }: { readonly evidenceId: string; readonly observation: Observation },
): Promise<Incident | undefined> {
  if (!isEvidenceId(evidenceId)) return undefined;
  const incident = await store.incident(incidentId(observation.cluster, evidenceId));
  return incident !== undefined && isInScope(scope, incident) ? incident : undefined;
}

function isEvidenceId(text: string): text is EvidenceId {
  return /^EV-[0-9a-f]{16}$/.test(text);
}
