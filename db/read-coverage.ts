import { and, eq, gte, lt, sql } from 'drizzle-orm';
import type { CoverageObservation } from '#core/wire/coverage.ts';
import type { Connection } from './database.ts';
import { unpackObservation } from './observation-body.ts';
import { counterPrefix } from './observation-key.ts';

/** Later than any time a collector can send: the keys of notes end here. */
const noteEnd = counterPrefix('9999999999999');

/** Notes that end at or after `since`, oldest first: of one cluster, or of all. Keys of notes grow with their time. */
export async function readCoverage(
  { db, tables: { observations } }: Connection,
  since: number,
  cluster?: string,
): Promise<readonly CoverageObservation[]> {
  const rows = await db
    .select({ body: observations.body })
    .from(observations)
    .where(
      and(
        gte(observations.key, counterPrefix(String(Math.max(0, Math.floor(since))))),
        lt(observations.key, noteEnd),
        // Literal: only notes have such keys in any number, so an index on the kind would be asked in vain.
        sql`${observations.kind} = 'coverage'`,
        cluster === undefined ? undefined : eq(observations.cluster, cluster),
      ),
    )
    .orderBy(observations.key, observations.cluster);
  return rows.map(({ body }) => unpackObservation(body)).filter((item): item is CoverageObservation => item.kind === 'coverage');
}
