import { and, desc, eq, gte, inArray, like, lt, sql } from 'drizzle-orm';
import { MortemError } from '#core/errors.ts';
import type { Incident } from '#core/incident/incident.ts';
import type { IncidentQuery, StoredDocument } from '#core/store-model.ts';
import { matchesIncident } from '#core/incident/matches-incident.ts';
import type { Connection } from './database.ts';
import { decodeIncident } from './incident-row.ts';
import { afterPrefix } from './prefix.ts';

/** Newest onset first. */
export async function readIncidents({ db, tables: { incidents } }: Connection, query: IncidentQuery): Promise<readonly Incident[]> {
  const { pod } = query;
  const select = db
    .select({ body: incidents.body })
    .from(incidents)
    .where(
      and(
        query.cluster === undefined ? undefined : eq(incidents.cluster, query.cluster),
        query.namespace === undefined ? undefined : eq(incidents.namespace, query.namespace),
        query.workload === undefined ? undefined : eq(incidents.workloadKind, query.workload.kind),
        query.workload === undefined ? undefined : eq(incidents.workloadName, query.workload.name),
        query.status === undefined ? undefined : eq(incidents.status, query.status),
        query.before === undefined ? undefined : lt(incidents.onsetAt, query.before),
        // Both only narrow, as the pod does.
        query.symptom === undefined ? undefined : like(incidents.body, `%"symptom":"${query.symptom}"%`),
        query.text === undefined ? undefined : containsText(incidents.body, query.text),
        query.since === undefined ? undefined : gte(incidents.overAt, query.since),
        // Only narrows: the name may stand elsewhere in the body, so what comes back is looked at.
        pod === undefined ? undefined : like(incidents.body, `%${JSON.stringify(pod)}%`),
      ),
    )
    .orderBy(desc(incidents.onsetAt), incidents.id);
  const limit = query.limit ?? Number.MAX_SAFE_INTEGER;
  const isExact = pod === undefined && query.text === undefined;
  const rows = isExact && query.limit !== undefined ? await select.limit(query.limit) : await select;
  const found = rows.map(({ body }) => decodeIncident(body));
  return isExact ? found : found.filter((incident) => matchesIncident(query, incident)).slice(0, limit);
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
