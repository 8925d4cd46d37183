import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Observation } from '#core/wire/observation.ts';
import type { Connection } from './database.ts';
import { mergeFacts, objectFactsOf, type ObjectFact } from './object-fact.ts';
import { prepared } from './prepared.ts';
import { createRowInserter } from './row-inserter.ts';
import { isNameKey, nameKey, subjectOf } from './subject.ts';

/** What the store knows of the uids of a batch. */
export interface LearnedObjects {
  readonly byUid: ReadonlyMap<string, ObjectFact>;
  /** Objects that turned out to belong to another workload, as believed before and as believed now. */
  readonly moved: readonly ObjectFact[];
  /** Data time of the youngest record that taught it. */
  readonly learnedAt: number;
}

/** Uids of one statement: SQL is not made anew for each number of them. */
const readSizes = [32, 128, 512] as const;
const largestRead = 512;

const statements = prepared((connection) => {
  const { objects, links } = connection.tables;
  const objectsOf = (size: number) => {
    const uids = Array.from({ length: size }, (_, place) => sql.placeholder(`uid${place}`));
    const read = connection.db
      .select()
      .from(objects)
      .where(and(eq(objects.cluster, sql.placeholder('cluster')), inArray(objects.uid, uids)))
      .prepare(`objects_of_${size}`);
    return { size, read };
  };
  const [few, some, many] = readSizes;
  return {
    objectsOfSize: [objectsOf(few), objectsOf(some), objectsOf(many)] as const,
    saveObjects: createRowInserter(connection, {
      name: 'save_objects',
      columns: ['cluster', 'uid', 'nameKey', 'namespace', 'workloadKind', 'workloadName', 'depth', 'goneAt'],
      insert: (rows) =>
        connection.db
          .insert(objects)
          .values(rows)
          .onConflictDoUpdate({
            target: [objects.uid, objects.cluster],
            set: {
              nameKey: sql`excluded.name_key`,
              namespace: sql`excluded.namespace`,
              workloadKind: sql`excluded.workload_kind`,
              workloadName: sql`excluded.workload_name`,
              depth: sql`excluded.depth`,
              goneAt: sql`excluded.gone_at`,
            },
          }),
    }),
    saveLinks: createRowInserter(connection, {
      name: 'save_links',
      columns: ['cluster', 'uid', 'target'],
      insert: (rows) => connection.db.insert(links).values(rows).onConflictDoNothing(),
    }),
  };
});

/**
 * Learns which workload the uids of a batch belong to, and which nodes and claims its pods refer to. Duplicates teach too:
 * a merge keeps one of two records, and the other may have resolved more owners.
 */
export async function learnObjects(tx: Connection, cluster: string, observations: readonly Observation[]): Promise<LearnedObjects> {
  const facts = foldFacts(observations.flatMap(objectFactsOf));
  const subjects = observations.map(subjectOf).filter((subject) => !isNameKey(subject));
  const known = await readObjects(tx, cluster, [...new Set([...facts.keys(), ...subjects])]);

  const byUid = new Map(known);
  const moved: ObjectFact[] = [];
  const rows: (ObjectFact & { cluster: string })[] = [];
  for (const [uid, fact] of facts) {
    const before = known.get(uid);
    const now = before === undefined ? fact : mergeFacts(before, fact);
    byUid.set(uid, now);
    if (before !== undefined && isSameFact(before, now)) continue;
    rows.push({ ...now, cluster });
    if (before !== undefined && !isSameWorkload(before, now)) moved.push(before, now);
  }
  await statements(tx).saveObjects(rows);
  await statements(tx).saveLinks(linksOf(cluster, observations));
  const learnedAt = observations.reduce((latest, { observedAt }) => Math.max(latest, Date.parse(observedAt)), 0);
  return { byUid, moved, learnedAt };
}

async function readObjects(tx: Connection, cluster: string, uids: readonly string[]): Promise<ReadonlyMap<string, ObjectFact>> {
  const { objectsOfSize } = statements(tx);
  const rows: Promise<readonly ObjectFact[]>[] = [];
  for (let at = 0; at < uids.length; at += largestRead) {
    const chunk = uids.slice(at, at + largestRead);
    const [last = ''] = chunk.slice(-1);
    const { size, read } = objectsOfSize.find((statement) => statement.size >= chunk.length) ?? objectsOfSize[0];
    // The statement has a fixed number of places: the last uid fills those that are left.
    const places = Object.fromEntries(Array.from({ length: size }, (_, place) => [`uid${place}`, chunk[place] ?? last]));
    rows.push(read.execute({ cluster, ...places }));
  }
  return new Map((await Promise.all(rows)).flat().map((row) => [row.uid, row]));
}

function foldFacts(facts: readonly ObjectFact[]): ReadonlyMap<string, ObjectFact> {
  const byUid = new Map<string, ObjectFact>();
  for (const fact of facts) {
    const known = byUid.get(fact.uid);
    byUid.set(fact.uid, known === undefined ? fact : mergeFacts(known, fact));
  }
  return byUid;
}

function isSameWorkload(a: ObjectFact, b: ObjectFact): boolean {
  return a.namespace === b.namespace && a.workloadKind === b.workloadKind && a.workloadName === b.workloadName;
}

function isSameFact(a: ObjectFact, b: ObjectFact): boolean {
  return isSameWorkload(a, b) && a.nameKey === b.nameKey && a.depth === b.depth && a.goneAt === b.goneAt;
}

function linksOf(cluster: string, observations: readonly Observation[]) {
  const rows = observations.flatMap((observation) =>
    targetsOf(observation).map((target) => ({ cluster, uid: subjectOf(observation), target })),
  );
  return [...new Map(rows.map((row) => [`${row.uid} ${row.target}`, row])).values()];
}

function targetsOf(observation: Observation): readonly string[] {
  if (observation.kind !== 'pod') return [];
  const claims = (observation.volumes ?? []).flatMap(({ source, ref }) =>
    source === 'persistentVolumeClaim' && ref !== undefined ? [nameKey('PersistentVolumeClaim', observation.namespace, ref)] : [],
  );
  return observation.node === undefined ? claims : [nameKey('Node', '', observation.node), ...claims];
}
