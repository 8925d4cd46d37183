import { and, desc, eq, gte, inArray, like, lt, lte, not, sql, type SQL } from 'drizzle-orm';
import { MortemError } from '#core/errors.ts';
import type { Incident } from '#core/incident/incident.ts';
import type { IncidentPosition, IncidentQuery, StoredDocument } from '#core/store-model.ts';
import { matchesIncident } from '#core/incident/matches-incident.ts';
import type { Connection } from './database.ts';
import { decodeIncident } from './incident-row.ts';
import { afterPrefix } from './prefix.ts';

/**
 * In the order of the list.
 *
 * @param through the last place that is looked at
 */
export async function readIncidents(
  { db, tables: { incidents } }: Connection,
  query: IncidentQuery,
  through?: IncidentPosition,
): Promise<readonly Incident[]> {
  const { pod, symptom, text, limit } = query;
  const select = db
    .select({ body: incidents.body })
    .from(incidents)
    .where(
      and(
        isAsked(incidents, query),
        through === undefined ? undefined : not(isBehind(incidents, through)),
        // These only narrow: the words may stand elsewhere in the body, so what comes back is looked at.
        symptom === undefined ? undefined : like(incidents.body, `%"symptom":"${symptom}"%`),
        text === undefined ? undefined : containsText(incidents.body, text),
        pod === undefined ? undefined : like(incidents.body, `%${JSON.stringify(pod)}%`),
      ),
    )
    .orderBy(desc(incidents.onsetAt), incidents.id);
  const isExact = pod === undefined && text === undefined;
  const rows = isExact && limit !== undefined ? await select.limit(limit) : await select;
  const found = rows.map(({ body }) => decodeIncident(body));
  return isExact ? found : found.filter((incident) => matchesIncident(query, incident)).slice(0, limit ?? found.length);
}

type Incidents = Connection['tables']['incidents'];

/** All that columns tell. */
export function isAsked(incidents: Incidents, { cluster, namespace, workload, status, since, after }: IncidentQuery): SQL | undefined {
  return and(
    cluster === undefined ? undefined : eq(incidents.cluster, cluster),
    namespace === undefined ? undefined : eq(incidents.namespace, namespace),
    workload === undefined ? undefined : eq(incidents.workloadKind, workload.kind),
    workload === undefined ? undefined : eq(incidents.workloadName, workload.name),
    status === undefined ? undefined : eq(incidents.status, status),
    since === undefined ? undefined : gte(incidents.overAt, since),
    // The first is implied by the second, and a range that an index can begin at.
    after === undefined ? undefined : and(lte(incidents.onsetAt, after.onsetAt), isBehind(incidents, after)),
  );
}

function isBehind(incidents: Incidents, { onsetAt, id }: IncidentPosition): SQL {
  return sql`(${incidents.onsetAt} < ${onsetAt} or (${incidents.onsetAt} = ${onsetAt} and ${incidents.id} > ${id}))`;
}

/** Both dialects compare with `like`; in PostgreSQL case matters there unless both sides are lower. `%` and `_` stand for themselves. */
function containsText(column: Connection['tables']['incidents']['body'], text: string) {
  const literal = text.toLowerCase().replaceAll(/[\\%_]/g, (character) => `\\${character}`);
  return sql`lower(${column}) like ${`%${literal}%`} escape '\\'`;
}

/** @throws {MortemError} `conflict` when a prefix names several incidents */
export async function readIncident(
  { db, tables: { incidents, incidentIds } }: Connection,
  idOrPrefix: string,
): Promise<Incident | undefined> {
  const matches = await db
    .selectDistinct({ id: incidentIds.incidentId })
    .from(incidentIds)
    .where(and(gte(incidentIds.alias, idOrPrefix), lt(incidentIds.alias, afterPrefix(idOrPrefix))))
    .orderBy(incidentIds.incidentId)
    .limit(10);
  const exact = matches.find(({ id }) => id === idOrPrefix);
  const [match, other] = exact === undefined ? matches : [exact];
  if (match === undefined) return undefined;
  if (other !== undefined) {
    throw new MortemError('conflict', `${idOrPrefix} is the start of ${matches.map(({ id }) => id).join(', ')}. Give more of the id.`);
  }
  const [row] = await db
    .select({ body: incidents.body })
    .from(incidents)
    .where(inArray(incidents.id, [match.id]));
  return row === undefined ? undefined : decodeIncident(row.body);
}

export async function readIncidentsNamed({ db, tables: { incidents, incidentIds } }: Connection, id: string): Promise<readonly Incident[]> {
  const rows = await db
    .select({ body: incidents.body })
    .from(incidentIds)
    .innerJoin(incidents, eq(incidents.id, incidentIds.incidentId))
    .where(eq(incidentIds.alias, id))
    .orderBy(incidents.id);
  return rows.map((row) => decodeIncident(row.body));
}

export async function readDocument(
  { db, tables: { documents } }: Connection,
  incidentId: string,
  kind: StoredDocument['kind'],
): Promise<StoredDocument | undefined> {
  const [row] = await db
    .select()
    .from(documents)
    .where(and(eq(documents.incidentId, incidentId), eq(documents.kind, kind)));
  return row === undefined ? undefined : { kind, markdown: row.markdown, watermark: row.watermark, inputHash: row.inputHash };
}
