import { and, asc, eq, gt, gte, inArray, lt, min } from 'drizzle-orm';
import type { Observation } from '#core/wire/observation.ts';
import type { Connection } from './database.ts';
import { decodeObservation } from './observation-body.ts';
import { afterPrefix } from './prefix.ts';

interface Hit {
  readonly evidence: string;
  readonly cluster: string;
  readonly observedAt: number;
  readonly key: string;
}

/** Records whose evidence id starts with the prefix, one for each id of each cluster: the earliest that shows it. */
export async function readEvidence(
  connection: Connection,
  prefix: string,
  limit: number,
): Promise<readonly { readonly evidenceId: string; readonly observation: Observation }[]> {
  const { observations, deaths } = connection.tables;
  const hits = [...(await hitsIn(connection, observations, prefix)), ...(await hitsIn(connection, deaths, prefix))];
  const found: { evidenceId: string; observation: Observation }[] = [];
  for (const hit of earliestOfEach(hits).slice(0, limit)) {
    const [row] = await connection.db
      .select({ body: observations.body })
      .from(observations)
      .where(and(eq(observations.cluster, hit.cluster), eq(observations.key, hit.key)));
    if (row !== undefined) found.push({ evidenceId: hit.evidence, observation: decodeObservation(row.body) });
  }
  return found;
}

type EvidenceTable = Connection['tables']['observations'] | Connection['tables']['deaths'];

/** One short range per day, since the index has the day in front. */
async function hitsIn(connection: Connection, table: EvidenceTable, prefix: string): Promise<readonly Hit[]> {
  return connection.db
    .select({ evidence: table.evidence, cluster: table.cluster, observedAt: table.observedAt, key: table.key })
    .from(table)
    .where(and(inArray(table.day, await daysOf(connection, table)), gte(table.evidence, prefix), lt(table.evidence, afterPrefix(prefix))))
    .orderBy(asc(table.evidence), asc(table.observedAt), asc(table.key));
}

/** Steps from day to day: `distinct` would read the whole index. */
async function daysOf({ db }: Connection, table: EvidenceTable): Promise<number[]> {
  const days: number[] = [];
  for (let last = -1; ;) {
    const [next] = await db
      .select({ day: min(table.day) })
      .from(table)
      .where(gt(table.day, last));
    if (next === undefined || next.day === null) return days;
    last = next.day;
    days.push(last);
  }
}

function earliestOfEach(hits: readonly Hit[]): readonly Hit[] {
  const earliest = new Map<string, Hit>();
  for (const hit of hits) {
    const id = `${hit.evidence} ${hit.cluster}`;
    const known = earliest.get(id);
    if (known === undefined || hit.observedAt < known.observedAt || (hit.observedAt === known.observedAt && hit.key < known.key))
      earliest.set(id, hit);
  }
  return [...earliest.values()].toSorted((a, b) => (`${a.evidence} ${a.cluster}` < `${b.evidence} ${b.cluster}` ? -1 : 1));
}
