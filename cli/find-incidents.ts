import { MortemError } from '#core/errors.ts';
import type { Incident } from '#core/incident/incident.ts';
import type { QueryOptions } from './commands/source-options.ts';
import type { IncidentSource } from './incident-source.ts';
import type { Target } from './input/parse-target.ts';

/**
 * Incidents of a workload or a pod, newest first.
 *
 * @param text the target as it was typed
 * @throws {MortemError} `not-found` when there is none
 */
export async function findIncidents(
  source: IncidentSource,
  target: Exclude<Target, { by: 'incident' }>,
  text: string,
  { namespace, cluster }: Pick<QueryOptions, 'namespace' | 'cluster'>,
): Promise<readonly [Incident, ...Incident[]]> {
  const items = await source.list({
    ...(namespace === undefined ? {} : { namespace }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(target.by === 'workload' ? { workload: { kind: target.kind, name: target.name } } : { pod: target.name }),
  });
  const [newest, ...older] = items.toSorted((a, b) => (a.onsetAt < b.onsetAt ? 1 : -1));
  if (newest !== undefined) return [newest, ...older];
  throw new MortemError('not-found', `No incident of ${text} is known${namespace === undefined ? '' : ` in namespace ${namespace}`}.`);
}
