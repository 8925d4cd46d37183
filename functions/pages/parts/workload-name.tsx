import type { Incident } from '#core/incident/incident.ts';
import { visibleLine } from '#core/report/visible-text.ts';

/** The name large, what it is and where small. */
export function WorkloadPlace({ incident }: { readonly incident: Pick<Incident, 'workload' | 'namespace' | 'cluster'> }) {
  return (
    <span class="place">
      {visibleLine(incident.workload.kind, 63)} · <span class="place-part">{visibleLine(incident.namespace, 253)}</span> ·{' '}
      <span class="place-part">{visibleLine(incident.cluster, 253)}</span>
    </span>
  );
}
