import { and, eq, gt, gte, inArray, lt, min, sql } from 'drizzle-orm';
import type { Observation } from '#core/wire/observation.ts';
import type { Connection } from './database.ts';
import { unpackObservation } from './observation-body.ts';
import { afterPrefix } from './prefix.ts';
import { prepared } from './prepared.ts';

interface Hit {
  readonly evidence: string;
  readonly cluster: string;
  readonly observedAt: number;
  readonly key: string;
}

type EvidenceTable = 'observations' | 'deaths';

/** Hours asked for in one statement: SQLite takes 32,766 parameters. */
const hoursPerStatement = 10_000;

const nextHour = prepared(({ db, tables: { observations, deaths } }) => ({
  observations: db
    .select({ hour: min(observations.hour) })
    .from(observations)
    .where(gt(observations.hour, sql.placeholder('after')))
    .prepare('next_hour_of_observations'),
  deaths: db
    .select({ hour: min(deaths.hour) })
    .from(deaths)
    .where(gt(deaths.hour, sql.placeholder('after')))
    .prepare('next_hour_of_deaths'),
}));

/** Records whose evidence id starts with the prefix, one for each id of each cluster: the earliest that shows it. */
export async function readEvidence(
  connection: Connection,
  prefix: string,
  limit: number,
): Promise<readonly { readonly evidenceId: string; readonly observation: Observation }[]> {
  const { observations } = connection.tables;
  const hits = [...(await readHits(connection, 'observations', prefix)), ...(await readHits(connection, 'deaths', prefix))];
  const found: { evidenceId: string; observation: Observation }[] = [];
  for (const hit of earliestOfEach(hits).slice(0, limit)) {
    const [row] = await connection.db
      .select({ body: observations.body })
      .from(observations)
      .where(and(eq(observations.key, hit.key), eq(observations.cluster, hit.cluster)));
    if (row !== undefined) found.push({ evidenceId: hit.evidence, observation: unpackObservation(row.body) });
  }
  return found;
}

/** One short range per hour, since the index has the hour in front. */
async function readHits(connection: Connection, name: EvidenceTable, prefix: string): Promise<readonly Hit[]> {
  const table = connection.tables[name];
  const hours = await readHours(connection, name);
  const hits: Hit[] = [];
  for (let at = 0; at < hours.length; at += hoursPerStatement) {
    const rows = await connection.db
      .select({ evidence: table.evidence, cluster: table.cluster, observedAt: table.observedAt, key: table.key })
      .from(table)
      .where(
        and(
          inArray(table.hour, hours.slice(at, at + hoursPerStatement)),
          gte(table.evidence, prefix),
          lt(table.evidence, afterPrefix(prefix)),
        ),
      );
    hits.push(...rows);
  }
  return hits;
}

/** Steps from hour to hour: `distinct` would read the whole index. */
async function readHours(connection: Connection, name: EvidenceTable): Promise<number[]> {
  const step = nextHour(connection)[name];
  const hours: number[] = [];
  for (let after = -1; ;) {
    const [next] = await step.execute({ after });
    if (next === undefined || next.hour === null) return hours;
    after = next.hour;
    hours.push(after);
  }
}

function earliestOfEach(hits: readonly Hit[]): readonly Hit[] {
  const earliest = new Map<string, Hit>();
  for (const hit of hits) {
    const id = `${hit.evidence} ${hit.cluster}`;
    const known = earliest.get(id);
    if (known === undefined || isBefore(hit, known)) earliest.set(id, hit);
  }
  return [...earliest].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, hit]) => hit);
}

function isBefore(a: Hit, b: Hit): boolean {
  return a.observedAt === b.observedAt ? a.key < b.key : a.observedAt < b.observedAt;
}
