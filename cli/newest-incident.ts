import type { QueryOptions } from './commands/source-options.ts';
import { findIncidents } from './find-incidents.ts';
import type { IncidentSource } from './incident-source.ts';
import { parseTarget } from './input/parse-target.ts';
import { printNote } from './output/print.ts';

const namedOlder = 5;

/**
 * The id that a target names, or that of its newest incident; older ones are named on stderr.
 *
 * @param text the target as it was typed
 * @throws {MortemError} `usage` for what is no target, `not-found` when there is no incident
 */
export async function newestIncident(source: IncidentSource, text: string, options: QueryOptions): Promise<string> {
  const target = parseTarget(text);
  if (target.by === 'incident') return target.id;
  const [newest, ...older] = await findIncidents(source, target, text, options);
  const ids = older.slice(0, namedOlder).map((incident) => incident.id);
  if (older.length > 0) printNote(`${older.length} older: ${ids.join(' ')}`);
  return newest.id;
}
