import { incidentId } from '../evidence/evidence-id.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { FoundSign } from '../rules/rule.ts';
import type { Incident } from './incident.ts';

/**
 * The id by the first evidence, and one more for each record that might have opened it. A shared record leads to the incidents of all
 * workloads that rest on it, but names none of them alone.
 */
export function nameIncident(
  { key, hash }: WorkloadHistory,
  signs: readonly [FoundSign, ...FoundSign[]],
): Pick<Incident, 'id' | 'aliases'> {
  const evidence = new Map(signs.flatMap((sign) => sign.evidence.map((item) => [item.id, item] as const)));
  const [id, ...names] = [...evidence.values()].flatMap((item) => {
    const name = incidentId(key.cluster, item.id, undefined, hash);
    // Events of nodes and claims are shared too, but no sign begins with one.
    return item.source === 'node' ? [incidentId(key.cluster, item.id, key, hash), name] : [name];
  });
  if (id === undefined) throw new RangeError('an incident without evidence');
  return { id, aliases: names };
}
