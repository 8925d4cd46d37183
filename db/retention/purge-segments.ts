import { and, asc, eq, gt, gte, lt } from 'drizzle-orm';
import type { PurgeScope } from '#core/ports.ts';
import type { Observation } from '#core/wire/observation.ts';
import type { Connection, Transact } from '../database.ts';
import { dissolveSegments } from '../segments/dissolve-segments.ts';
import { readSegment } from '../segments/read-segments.ts';
import { raiseWatermark } from '../watermarks.ts';

/** Of some hundred records each: others wait for the transaction. */
const segmentsAtOnce = 4;

/** @returns how many records were removed; those of the same segments that are out of scope are rows again */
export async function purgeSegments(transact: Transact, scope: PurgeScope): Promise<number> {
  let removed = 0;
  for (let more = true; more;) {
    const step = await transact(async (tx) => {
      // The lock of the cluster: nobody may compact meanwhile.
      await raiseWatermark(tx, scope.cluster, 0);
      const ids = (await readTouched(tx, scope, '')).map(({ id }) => id);
      const gone = await dissolveSegments(tx, { cluster: scope.cluster, ids }, (observation) => !isWithin(observation, scope));
      return { gone, more: ids.length === segmentsAtOnce };
    });
    removed += step.gone;
    more = step.more;
  }
  return removed;
}

/** How many records {@link purgeSegments} would remove. */
export async function countSegments(connection: Connection, scope: PurgeScope): Promise<number> {
  let records = 0;
  for (let after: string | undefined = ''; after !== undefined;) {
    const found = await readTouched(connection, scope, after);
    for (const { id } of found) {
      const observations = await readSegment(connection, scope.cluster, id);
      records += observations.filter(({ observation }) => isWithin(observation, scope)).length;
    }
    after = found.length === segmentsAtOnce ? found.at(-1)?.id : undefined;
  }
  return records;
}

/** Some of those with a record that may be in scope, in the order of their ids. */
async function readTouched(
  { db, tables: { segments } }: Connection,
  { cluster, namespace, from, until }: PurgeScope,
  after: string,
): Promise<readonly { readonly id: string }[]> {
  return db
    .select({ id: segments.id })
    .from(segments)
    .where(
      and(
        eq(segments.cluster, cluster),
        gt(segments.id, after),
        namespace === undefined ? undefined : eq(segments.namespace, namespace),
        from === undefined ? undefined : gte(segments.lastAt, from),
        until === undefined ? undefined : lt(segments.firstAt, until),
      ),
    )
    .orderBy(asc(segments.id))
    .limit(segmentsAtOnce);
}

/** Of a segment that is in the right place. */
function isWithin({ observedAt }: Observation, { from, until }: PurgeScope): boolean {
  const at = Date.parse(observedAt);
  return (from === undefined || at >= from) && (until === undefined || at < until);
}
