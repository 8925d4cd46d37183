import { and, gt, gte, inArray, lt, min, sql } from 'drizzle-orm';
import type { Connection } from './database.ts';
import { afterPrefix } from './prefix.ts';
import { prepared } from './prepared.ts';

/** Where a record is noted under its evidence id: by its key, or by the segment it lies in. */
export type EvidenceHit = RowHit | SegmentHit;

interface RowHit {
  readonly evidence: string;
  readonly cluster: string;
  readonly observedAt: number;
  readonly key: string;
}

interface SegmentHit {
  readonly evidence: string;
  readonly cluster: string;
  readonly segment: string;
}

type EvidenceTable = 'observations' | 'deaths' | 'segmentEvidence';

/** Hours asked for in one statement: SQLite takes 32,766 parameters. */
const hoursPerStatement = 10_000;

const nextHour = prepared(({ db, tables }) => {
  const prepare = (name: EvidenceTable) =>
    db
      .select({ hour: min(tables[name].hour) })
      .from(tables[name])
      .where(gt(tables[name].hour, sql.placeholder('after')))
      .prepare(`next_hour_of_${name}`);
  return { observations: prepare('observations'), deaths: prepare('deaths'), segmentEvidence: prepare('segmentEvidence') };
});

/** Everything whose evidence id starts with the prefix. */
export async function readEvidenceHits(connection: Connection, prefix: string): Promise<readonly EvidenceHit[]> {
  const { observations, deaths, segmentEvidence } = connection.tables;
  const hits: EvidenceHit[] = [];
  for (const name of ['observations', 'deaths', 'segmentEvidence'] as const) {
    const table = connection.tables[name];
    const hours = await readHours(connection, name);
    for (let at = 0; at < hours.length; at += hoursPerStatement) {
      // One short range per hour, since the index has the hour in front.
      const chosen = and(
        inArray(table.hour, hours.slice(at, at + hoursPerStatement)),
        gte(table.evidence, prefix),
        lt(table.evidence, afterPrefix(prefix)),
      );
      if (name === 'segmentEvidence') {
        const { evidence, cluster, segment } = segmentEvidence;
        hits.push(...(await connection.db.select({ evidence, cluster, segment }).from(segmentEvidence).where(chosen)));
      } else {
        const { evidence, cluster, observedAt, key } = name === 'deaths' ? deaths : observations;
        hits.push(...(await connection.db.select({ evidence, cluster, observedAt, key }).from(table).where(chosen)));
      }
    }
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
