import { MortemError } from '#core/errors.ts';
import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { IncidentSource } from '#core/report/incident-source.ts';

/** What the documents of an incident are made from, as it is stored now. */
export async function sourceOf(store: Pick<IncidentStore, 'observationsOf' | 'watermark'>, incident: Incident): Promise<IncidentSource> {
  const { cluster, namespace, workload } = incident;
  const key = { cluster, namespace, kind: workload.kind, name: workload.name };
  return { key, observations: await store.observationsOf(key), watermark: await store.watermark(cluster) };
}

/**
 * Its records changed between two reads so much that they make another incident.
 *
 * @throws {MortemError} `not-found`, always
 */
export function beingBuilt({ id }: Incident): never {
  throw new MortemError('not-found', `Incident ${id} is being built anew. Ask again in a moment.`);
}
