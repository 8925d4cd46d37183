import { and, eq, gte, inArray, lte, max, sql } from 'drizzle-orm';
import type { WorkloadKey } from '#core/store-model.ts';
import type { Observation } from '#core/wire/observation.ts';
import type { Connection } from './database.ts';
import { mergeRecords } from './merge-records.ts';
import { unpackObservation } from './observation-body.ts';
import { prepared } from './prepared.ts';
import { afterlifeMs, coverageSlackMs } from './relevance.ts';
import { recordsIn } from './segments/read-segments.ts';
import type { StoredObservation } from './store-observations.ts';
import { coverageSubject } from './subject.ts';

const statements = prepared(({ db, tables: { observations, objects, links, segments } }) => {
  const record = { key: observations.key, body: observations.body };
  const ofWorkload = and(
    eq(objects.cluster, sql.placeholder('cluster')),
    eq(objects.namespace, sql.placeholder('namespace')),
    eq(objects.workloadKind, sql.placeholder('kind')),
    eq(objects.workloadName, sql.placeholder('name')),
  );
  const inCluster = eq(observations.cluster, sql.placeholder('cluster'));
  const names = db.selectDistinct({ nameKey: objects.nameKey }).from(objects).where(ofWorkload).as('names');
  const targets = db
    .select({ target: links.target, until: max(objects.goneAt).as('until') })
    .from(objects)
    .innerJoin(links, and(eq(links.cluster, objects.cluster), eq(links.uid, objects.uid)))
    .where(ofWorkload)
    .groupBy(links.target)
    .as('targets');
  return {
    /** Records that name one of its objects by uid. */
    byUid: db
      .select(record)
      .from(objects)
      .innerJoin(observations, and(eq(observations.cluster, objects.cluster), eq(observations.subject, objects.uid)))
      .where(ofWorkload)
      .prepare('observations_by_uid'),
    /** The older ones of objects that have many. */
    compacted: db
      .select({ body: segments.body })
      .from(objects)
      .innerJoin(segments, and(eq(segments.cluster, objects.cluster), eq(segments.subject, objects.uid)))
      .where(ofWorkload)
      .prepare('segments_by_uid'),
    /** Events that carry no uid. */
    byName: db
      .select(record)
      .from(names)
      .innerJoin(observations, and(inCluster, eq(observations.subject, names.nameKey)))
      .prepare('observations_by_name'),
    /** Nodes and claims, while a pod of the workload referred to them. */
    byLink: db
      .select(record)
      .from(targets)
      .innerJoin(
        observations,
        and(inCluster, eq(observations.subject, targets.target), lte(observations.observedAt, sql`${targets.until} + ${afterlifeMs}`)),
      )
      .prepare('observations_by_link'),
    notes: db
      .select(record)
      .from(observations)
      .where(
        and(
          inCluster,
          inArray(observations.subject, [sql.placeholder('clusterNotes'), sql.placeholder('namespaceNotes')]),
          gte(observations.observedAt, sql.placeholder('notesFrom')),
        ),
      )
      .prepare('coverage_notes'),
  };
});

/** A pure function of the set of indexed observations: which of them come back does not depend on when they came in. */
export async function readObservationsOf(connection: Connection, workload: WorkloadKey): Promise<readonly Observation[]> {
  const { byUid, compacted, byName, byLink, notes } = statements(connection);
  const { cluster, namespace, kind, name } = workload;
  const key = { cluster, namespace, kind, name };
  const single = decode([...(await byUid.execute(key)), ...(await byName.execute(key))]);
  const older = await recordsIn(await compacted.execute(key));
  const own = (older.length === 0 ? single : mergeRecords([...older, ...single])).map(({ observation }) => observation);
  if (own.length === 0) return [];

  const times = own.map(({ observedAt }) => Date.parse(observedAt));
  const from = times.reduce((a, b) => Math.min(a, b)) - coverageSlackMs;
  const to = times.reduce((a, b) => Math.max(a, b)) + coverageSlackMs;
  const noteRows = await notes.execute({
    cluster,
    clusterNotes: coverageSubject(''),
    namespaceNotes: coverageSubject(namespace),
    notesFrom: from,
  });
  const noted = [...decode(await byLink.execute(key)), ...decode(noteRows).filter(({ observation }) => isAbout(observation, from, to))];
  return [...own, ...noted.map(({ observation }) => observation)];
}

/** The same record can be found by two ways. */
function decode(rows: readonly { readonly key: string; readonly body: string }[]): StoredObservation[] {
  return [...new Map(rows.map(({ key, body }) => [key, body]))].map(([key, body]) => ({ key, observation: unpackObservation(body) }));
}

function isAbout(observation: Observation, from: number, to: number): boolean {
  return observation.kind === 'coverage' && Date.parse(observation.from) <= to && Date.parse(observation.to) >= from;
}
