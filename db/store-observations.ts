import { and, eq, inArray } from 'drizzle-orm';
import { evidenceOf } from '#core/evidence/evidence-id.ts';
import { mergeObservations } from '#core/wire/merge.ts';
import type { Observation } from '#core/wire/observation.ts';
import { hourOf } from './hour.ts';
import type { Connection } from './database.ts';
import { encodeObservation } from '#core/wire/encode-observation.ts';
import { packObservation, unpackObservation } from './observation-body.ts';
import { nodeHash } from './node-hash.ts';
import { observationKey } from './observation-key.ts';
import { prepared } from './prepared.ts';
import { createRowInserter } from './row-inserter.ts';
import { noteHours } from './segments/changed-hours.ts';
import { subjectOf } from './subject.ts';

/** An observation as it now stands in the store. */
export interface StoredObservation {
  readonly key: string;
  readonly observation: Observation;
}

const statements = prepared((connection) => {
  const { observations } = connection.tables;
  const returning = { key: observations.key };
  return {
    insertNew: createRowInserter<keyof ReturnType<typeof rowOf>, { readonly key: string }>(connection, {
      name: 'insert_observations',
      columns: ['cluster', 'key', 'kind', 'namespace', 'subject', 'observedAt', 'hour', 'evidence', 'body'],
      insert: (rows) => connection.db.insert(observations).values(rows).onConflictDoNothing().returning(returning),
      returning,
    }),
  };
});

/**
 * Adds what is new and merges what is known.
 *
 * @returns how many are new, and all that are new or became different by merging
 */
export async function storeObservations(
  tx: Connection,
  cluster: string,
  observations: readonly Observation[],
): Promise<{ readonly inserted: number; readonly changed: readonly StoredObservation[] }> {
  const records = foldByKey(observations);
  const rows = [...records].map(([key, observation]) => rowOf(cluster, key, observation));
  const hours = rows.map(({ hour }) => hour);
  const [returned] = await Promise.all([statements(tx).insertNew(rows), noteHours(tx, cluster, hours)]);
  if (returned.length === records.size) return { inserted: records.size, changed: toStored(records) };
  const isNew = new Set(returned.map(({ key }) => key));
  const known = new Map([...records].filter(([key]) => !isNew.has(key)));
  const changed = [...toStored(records).filter(({ key }) => isNew.has(key)), ...(await mergeKnown(tx, cluster, known))];
  return { inserted: isNew.size, changed };
}

async function mergeKnown(
  tx: Connection,
  cluster: string,
  incoming: ReadonlyMap<string, Observation>,
): Promise<readonly StoredObservation[]> {
  const { observations } = tx.tables;
  const inCluster = eq(observations.cluster, cluster);
  const stored = await tx.db
    .select({ key: observations.key, body: observations.body })
    .from(observations)
    .where(and(inCluster, inArray(observations.key, [...incoming.keys()])));
  const changed: StoredObservation[] = [];
  for (const { key, body } of stored) {
    const known = unpackObservation(body);
    const observation = mergeObservations(known, incoming.get(key) ?? known);
    if (encodeObservation(observation) === encodeObservation(known)) continue;
    changed.push({ key, observation });
    const row = rowOf(cluster, key, observation);
    await tx.db
      .update(observations)
      .set(row)
      .where(and(inCluster, eq(observations.key, key)));
  }
  return changed;
}

function foldByKey(observations: readonly Observation[]): ReadonlyMap<string, Observation> {
  const records = new Map<string, Observation>();
  for (const observation of observations) {
    const key = observationKey(observation);
    const known = records.get(key);
    records.set(key, known === undefined ? observation : mergeObservations(known, observation));
  }
  return records;
}

function toStored(records: ReadonlyMap<string, Observation>): StoredObservation[] {
  return [...records].map(([key, observation]) => ({ key, observation }));
}

/** What is stored of an observation. */
export function rowOf(cluster: string, key: string, observation: Observation) {
  const observedAt = Date.parse(observation.observedAt);
  return {
    cluster,
    key,
    kind: observation.kind,
    namespace: 'namespace' in observation ? (observation.namespace ?? '') : '',
    subject: subjectOf(observation),
    observedAt,
    hour: hourOf(observedAt),
    evidence: evidenceOf(observation, nodeHash),
    body: packObservation(observation),
  };
}
