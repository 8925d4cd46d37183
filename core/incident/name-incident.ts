import { incidentId } from '../evidence/evidence-id.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { FoundSign } from '../rules/rule.ts';
import type { Evidence, Incident } from './incident.ts';

/**
 * The id by the first evidence, and one more for each record that might have opened it. A shared record leads to the incidents of all
 * workloads that rest on it, but names none of them alone.
 */
export function nameIncident(workload: WorkloadHistory, signs: readonly [FoundSign, ...FoundSign[]]): Pick<Incident, 'id' | 'aliases'> {
  const { key } = workload;
  const nameBy = (item: Evidence) => incidentId(key.cluster, item.id, isShared(workload, item) ? key : undefined);
  const id = nameBy(signs[0].evidence[0]);
  const evidence = new Map(signs.flatMap((sign) => sign.evidence.map((item) => [item.id, item] as const)));
  const names = [...evidence.values()].flatMap((item) => [nameBy(item), incidentId(key.cluster, item.id)]);
  return { id, aliases: [...new Set(names)].filter((alias) => alias !== id) };
}

/** A record that is neither of the workload's pods nor of its controllers. */
function isShared({ otherEvents }: WorkloadHistory, { id, source }: Evidence): boolean {
  return source === 'node' || (source === 'event' && otherEvents.some((event) => event.evidence === id));
}
