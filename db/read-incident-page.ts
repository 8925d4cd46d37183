import { asc, desc } from 'drizzle-orm';
import type { IncidentPage, IncidentPosition, IncidentQuery } from '#core/store-model.ts';
import type { Connection } from './database.ts';
import { isAsked, readIncidents } from './read-incidents.ts';

/** Incidents whose words one search looks at: what no index tells is bounded, and goes on from the next page. */
export const searchedAtOnce = 10_000;

export async function readIncidentPage(connection: Connection, query: IncidentQuery & { readonly limit: number }): Promise<IncidentPage> {
  const isSearch = query.text !== undefined || query.symptom !== undefined || query.pod !== undefined;
  const through = isSearch ? await lastLookedAt(connection, query) : undefined;
  const found = await readIncidents(connection, { ...query, limit: query.limit + 1 }, through);
  const items = found.slice(0, query.limit);
  const last = items.at(-1);
  const next = found.length > query.limit && last !== undefined ? { onsetAt: Date.parse(last.onsetAt), id: last.id } : through;
  return { items, ...(next === undefined ? {} : { next }) };
}

/** Undefined where there are not so many. */
async function lastLookedAt({ db, tables: { incidents } }: Connection, query: IncidentQuery): Promise<IncidentPosition | undefined> {
  const [row] = await db
    .select({ onsetAt: incidents.onsetAt, id: incidents.id })
    .from(incidents)
    .where(isAsked(incidents, query))
    .orderBy(desc(incidents.onsetAt), asc(incidents.id))
    .limit(1)
    .offset(searchedAtOnce - 1);
  return row;
}
