import { and, eq, gte, inArray, lte, max, sql } from 'drizzle-orm';
import type { UnfoldedObservations, WorkloadKey } from '#core/store-model.ts';
import type { Observation } from '#core/wire/observation.ts';
import type { Connection } from './database.ts';
import { mergeRecords } from './merge-records.ts';
import { unpackObservation } from './observation-body.ts';
import { prepared } from './prepared.ts';
import { afterlifeMs, coverageSlackMs } from './relevance.ts';
import { recordsIn } from './segments/read-segments.ts';
import type { StoredObservation } from './store-observations.ts';
import { coverageSubject } from './subject.ts';
import { isObjectOf, isWorkload } from './workload-key.ts';

const placeholders = {
  cluster: sql.placeholder('cluster'),
  namespace: sql.placeholder('namespace'),
  kind: sql.placeholder('kind'),
  name: sql.placeholder('name'),
};

/** @param folded whether objects that the workload's fold leaves out are read as well */
function recordStatements({ db, tables: { observations, objects, links, segments } }: Connection, folded: boolean) {
  const record = { key: observations.key, body: observations.body };
  const ofWorkload = and(isObjectOf(objects, placeholders), folded ? undefined : eq(objects.folded, false));
  const suffix = folded ? '' : '_unfolded';
  const inCluster = eq(observations.cluster, placeholders.cluster);
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
      .prepare(`observations_by_uid${suffix}`),
    /** The older ones of objects that have many. */
    compacted: db
      .select({ body: segments.body })
      .from(objects)
      .innerJoin(segments, and(eq(segments.cluster, objects.cluster), eq(segments.subject, objects.uid)))
      .where(ofWorkload)
      .prepare(`segments_by_uid${suffix}`),
    /** Events that carry no uid. */
    byName: db
      .select(record)
      .from(names)
      .innerJoin(observations, and(inCluster, eq(observations.subject, names.nameKey)))
      .prepare(`observations_by_name${suffix}`),
    /** Nodes and claims, while a pod of the workload referred to them. */
    byLink: db
      .select(record)
      .from(targets)
      .innerJoin(
        observations,
        and(inCluster, eq(observations.subject, targets.target), lte(observations.observedAt, sql`${targets.until} + ${afterlifeMs}`)),
      )
      .prepare(`observations_by_link${suffix}`),
  };
}

const statements = prepared((connection) => {
  const { db } = connection;
  const { observations, workloads } = connection.tables;
  return {
    all: recordStatements(connection, true),
    unfolded: recordStatements(connection, false),
    fold: db
      .select({ before: workloads.foldedBefore, hash: workloads.foldHash })
      .from(workloads)
      .where(isWorkload(workloads, placeholders))
      .prepare('workload_fold'),
    notes: db
      .select({ key: observations.key, body: observations.body })
      .from(observations)
      .where(
        and(
          eq(observations.cluster, placeholders.cluster),
          inArray(observations.subject, [sql.placeholder('clusterNotes'), sql.placeholder('namespaceNotes')]),
          gte(observations.observedAt, sql.placeholder('notesFrom')),
        ),
      )
      .prepare('coverage_notes'),
  };
});

/** A pure function of the set of indexed observations: which of them come back does not depend on when they came in. */
export async function readObservationsOf(connection: Connection, workload: WorkloadKey): Promise<readonly Observation[]> {
  return readRecords(connection, workload, 'all');
}

/** See `IncidentStore.unfoldedObservationsOf`. */
export async function readUnfoldedOf(connection: Connection, workload: WorkloadKey): Promise<UnfoldedObservations> {
  const { cluster, namespace, kind, name } = workload;
  // Read first: whoever folds further meanwhile makes this one's save outdated.
  const [fold] = await statements(connection).fold.execute({ cluster, namespace, kind, name });
  if (fold === undefined || fold.before === 0) return { observations: await readRecords(connection, workload, 'all') };
  return { observations: await readRecords(connection, workload, 'unfolded'), fold };
}

async function readRecords(
  connection: Connection,
  { cluster, namespace, kind, name }: WorkloadKey,
  which: 'all' | 'unfolded',
): Promise<readonly Observation[]> {
  const { notes, [which]: read } = statements(connection);
  const key = { cluster, namespace, kind, name };
  // Over a network they leave together, in this order: what is compacted meanwhile is found as a row, in a segment, or both.
  const [byUid, byName, compacted, byLink] = await Promise.all([
    read.byUid.execute(key),
    read.byName.execute(key),
    read.compacted.execute(key),
    read.byLink.execute(key),
  ]);
  const single = decode([...byUid, ...byName]);
  const older = await recordsIn(compacted);
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
  const noted = [...decode(byLink), ...decode(noteRows).filter(({ observation }) => isAbout(observation, from, to))];
  return [...own, ...noted.map(({ observation }) => observation)];
}

/** The same record can be found by two ways. */
function decode(rows: readonly { readonly key: string; readonly body: string }[]): StoredObservation[] {
  return [...new Map(rows.map(({ key, body }) => [key, body]))].map(([key, body]) => ({ key, observation: unpackObservation(body) }));
}

function isAbout(observation: Observation, from: number, to: number): boolean {
  return observation.kind === 'coverage' && Date.parse(observation.from) <= to && Date.parse(observation.to) >= from;
}
