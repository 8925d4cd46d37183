import type { Incident } from '#core/incident/incident.ts';
import { notGone } from './object-fact.ts';

/** An incident as a row: what is filtered by beside the whole. */
export function incidentRow(incident: Incident) {
  return {
    id: incident.id,
    cluster: incident.cluster,
    namespace: incident.namespace,
    workloadKind: incident.workload.kind,
    workloadName: incident.workload.name,
    status: incident.status,
    onsetAt: Date.parse(incident.onsetAt),
    overAt: overAt(incident),
    body: JSON.stringify(incident),
  };
}

/** Only {@link incidentRow} writes these texts. */
export function decodeIncident(body: string): Incident {
  const incident: Incident = JSON.parse(body);
  return incident;
}

/** Time alone settles it. What is open changes by its next record, and by thresholds that `activeUntil` waits for. */
export function awaitsSettling({ status, settled }: Incident): boolean {
  return status === 'recovered' && !settled;
}

/** A workload that ended without recovering has no `recoveredAt`: its last chapter says when it was last heard of. */
function overAt(incident: Incident): number {
  if (incident.status === 'open') return notGone;
  if (incident.recoveredAt !== undefined) return Date.parse(incident.recoveredAt);
  return incident.chapters.reduce((latest, { lastAt }) => Math.max(latest, Date.parse(lastAt)), Date.parse(incident.onsetAt));
}
