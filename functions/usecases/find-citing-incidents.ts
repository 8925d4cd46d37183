import { incidentId, type EvidenceId } from '#core/evidence/evidence-id.ts';
import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { Observation } from '#core/wire/observation.ts';
import { isInScope, type ReadScope } from './read-scope.ts';

/** An incident answers to the id that each record it rests on would have given it. Workloads share some records, as that of a node. */
export async function findCitingIncidents(
  { store }: { readonly store: Pick<IncidentStore, 'incidentsNamed'> },
  scope: ReadScope,
  { evidenceId, observation }: { readonly evidenceId: string; readonly observation: Observation },
): Promise<readonly Incident[]> {
  if (!isEvidenceId(evidenceId)) return [];
  const incidents = await store.incidentsNamed(incidentId(observation.cluster, evidenceId));
  return incidents.filter((incident) => isInScope(scope, incident));
}

function isEvidenceId(text: string): text is EvidenceId {
  return /^EV-[0-9a-f]{16}$/.test(text);
}
