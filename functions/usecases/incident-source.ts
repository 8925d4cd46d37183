import { MortemError } from '#core/errors.ts';
import type { Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { IncidentSource } from '#core/report/incident-source.ts';
import type { StoredDocument } from '#core/store-model.ts';

/** What the documents of an incident are made from, as it is stored now. */
export async function sourceOf(store: Pick<IncidentStore, 'observationsOf' | 'watermark'>, incident: Incident): Promise<IncidentSource> {
  const { cluster, namespace, workload } = incident;
  const key = { cluster, namespace, kind: workload.kind, name: workload.name };
  return { key, observations: await store.observationsOf(key), watermark: await store.watermark(cluster) };
}

/**
 * The records that are there make no such incident any more: they are older than records are kept, where a document of them
 * was stored once, or they changed between two reads.
 *
 * @throws {MortemError} `not-found`, always
 */
export async function notMade(store: Pick<IncidentStore, 'document'>, { id }: Incident, kind: StoredDocument['kind']): Promise<never> {
  if ((await store.document(id, kind)) === undefined) {
    throw new MortemError('not-found', `Incident ${id} is being built anew. Ask again in a moment.`);
  }
  throw new MortemError(
    'not-found',
    `The records that ${id} was made from are older than records are kept, so its ${kind} cannot be made in another shape. It is kept as it was stored: ask again without target, heading and time zone.`,
  );
}
