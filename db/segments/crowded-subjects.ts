import { and, asc, count, eq, gte, lt, notLike, sql } from 'drizzle-orm';
import type { Connection } from '../database.ts';
import type { RecordRow } from './write-segment.ts';

export interface Subject {
  readonly cluster: string;
  readonly namespace: string;
  readonly subject: string;
}

/** Objects with a record in the hour, and many in all. Those that go by name stay rows: they are looked for by time as well. */
export async function readCrowdedSubjects(
  { db, tables: { observations } }: Connection,
  { hour, until, atLeast }: { readonly hour: number; readonly until: number; readonly atLeast: number },
): Promise<readonly Subject[]> {
  const seen = db
    .selectDistinct({ cluster: observations.cluster, subject: observations.subject })
    .from(observations)
    .where(and(eq(observations.hour, hour), notLike(observations.subject, '%/%')))
    .as('seen');
  return db
    .select({ cluster: seen.cluster, subject: seen.subject, namespace: observations.namespace })
    .from(seen)
    .innerJoin(
      observations,
      and(eq(observations.subject, seen.subject), eq(observations.cluster, seen.cluster), lt(observations.hour, until)),
    )
    .groupBy(seen.cluster, seen.subject, observations.namespace)
    .having(gte(count(), sql`${atLeast}`));
}

/** Oldest first. */
export async function readOldRows(
  { db, tables: { observations } }: Connection,
  { cluster, namespace, subject }: Subject,
  { until, limit }: { readonly until: number; readonly limit: number },
): Promise<readonly RecordRow[]> {
  return db
    .select({ key: observations.key, body: observations.body })
    .from(observations)
    .where(
      and(
        eq(observations.subject, subject),
        eq(observations.cluster, cluster),
        eq(observations.namespace, namespace),
        lt(observations.hour, until),
      ),
    )
    .orderBy(asc(observations.observedAt), asc(observations.key))
    .limit(limit);
}
