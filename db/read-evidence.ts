import { and, eq } from 'drizzle-orm';
import { evidenceOf } from '#core/evidence/evidence-id.ts';
import type { Observation } from '#core/wire/observation.ts';
import type { Connection } from './database.ts';
import { deathPlaces } from './deaths.ts';
import { readEvidenceHits, type EvidenceHit } from './evidence-hits.ts';
import { mergeRecords } from './merge-records.ts';
import { unpackObservation } from './observation-body.ts';
import { readSegment } from './segments/read-segments.ts';
import type { StoredObservation } from './store-observations.ts';

/** Records whose evidence id starts with the prefix, one for each id of each cluster: the earliest that shows it. */
export async function readEvidence(
  connection: Connection,
  prefix: string,
  limit: number,
): Promise<readonly { readonly evidenceId: string; readonly observation: Observation }[]> {
  const hits = Map.groupBy(await readEvidenceHits(connection, prefix), ({ evidence, cluster }) => `${evidence} ${cluster}`);
  const found: { evidenceId: string; observation: Observation }[] = [];
  for (const [, same] of [...hits].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, limit)) {
    const [first] = same;
    if (first === undefined) continue;
    // What was compacted between the two looks is found at another place.
    const record = (await earliestOf(connection, same)) ?? (await earliestOf(connection, await readSame(connection, first)));
    if (record !== undefined) found.push({ evidenceId: first.evidence, observation: record.observation });
  }
  return found;
}

async function readSame(connection: Connection, { evidence, cluster }: EvidenceHit): Promise<readonly EvidenceHit[]> {
  return (await readEvidenceHits(connection, evidence)).filter((hit) => hit.cluster === cluster);
}

/** @param hits of one id in one cluster */
async function earliestOf(connection: Connection, hits: readonly EvidenceHit[]): Promise<StoredObservation | undefined> {
  const rows = hits.filter((hit) => 'key' in hit).toSorted((a, b) => a.observedAt - b.observedAt || (a.key < b.key ? -1 : 1));
  const segments = new Set(hits.flatMap((hit) => ('segment' in hit ? [`${hit.cluster} ${hit.segment}`] : [])));
  const records: StoredObservation[] = rows[0] === undefined ? [] : await readRow(connection, rows[0]);
  for (const segment of segments) {
    const [cluster = '', id = ''] = segment.split(' ');
    const evidence = hits[0]?.evidence;
    records.push(...(await readSegment(connection, cluster, id)).filter(({ observation }) => shows(observation, evidence)));
  }
  return mergeRecords(records).toSorted(compareRecords)[0];
}

async function readRow(
  { db, tables: { observations } }: Connection,
  { cluster, key }: { readonly cluster: string; readonly key: string },
): Promise<StoredObservation[]> {
  const rows = await db
    .select({ body: observations.body })
    .from(observations)
    .where(and(eq(observations.key, key), eq(observations.cluster, cluster)));
  return rows.map(({ body }) => ({ key, observation: unpackObservation(body) }));
}

function shows(observation: Observation, evidence: string | undefined): boolean {
  return evidenceOf(observation) === evidence || deathPlaces(observation).some((place) => place.evidence === evidence);
}

function compareRecords(a: StoredObservation, b: StoredObservation): number {
  return Date.parse(a.observation.observedAt) - Date.parse(b.observation.observedAt) || (a.key < b.key ? -1 : 1);
}
