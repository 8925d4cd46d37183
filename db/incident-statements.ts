import { and, eq, gte, lte, sql } from 'drizzle-orm';
import type { Connection } from './database.ts';
import { prepared } from './prepared.ts';
import { createRowInserter } from './row-inserter.ts';
import type { Tables } from './schema.ts';
import { isIncidentOf, isWorkload } from './workload-key.ts';

type DocumentRow = Tables['documents']['$inferSelect'];

const placeholders = {
  cluster: sql.placeholder('cluster'),
  namespace: sql.placeholder('namespace'),
  kind: sql.placeholder('kind'),
  name: sql.placeholder('name'),
};

/** What every save of a workload runs: making the SQL anew each time took longer than running it. */
export const incidentStatements = prepared((connection) => {
  const { db } = connection;
  const { workloads, incidents } = connection.tables;
  const evaluate = (unsettled: boolean, continued: boolean) =>
    db
      .update(workloads)
      .set({
        stale: false,
        unsettled,
        evaluatedAt: sql`${sql.placeholder('watermark')}`,
        foldedBefore: sql`${sql.placeholder('foldedBefore')}`,
        foldHash: sql`${sql.placeholder('foldHash')}`,
      })
      .where(
        and(
          isWorkload(workloads, placeholders),
          eq(workloads.version, sql.placeholder('version')),
          lte(workloads.evaluatedAt, sql.placeholder('watermark')),
          continued ? eq(workloads.foldedBefore, sql.placeholder('since')) : undefined,
        ),
      )
      .returning({ expiredBefore: workloads.expiredBefore })
      .prepare(`workload_evaluated${unsettled ? '_unsettled' : ''}${continued ? '_continued' : ''}`);
  return {
    whole: { settled: evaluate(false, false), unsettled: evaluate(true, false) },
    continued: { settled: evaluate(false, true), unsettled: evaluate(true, true) },
    incidentsFrom: db
      .select({ id: incidents.id, body: incidents.body })
      .from(incidents)
      .where(and(isIncidentOf(incidents, placeholders), gte(incidents.onsetAt, sql.placeholder('expiredBefore'))))
      .prepare('incidents_from'),
    ...removals(connection),
    ...insertions(connection),
  };
});

function removals({ db, tables: { incidents, incidentIds, documents } }: Connection) {
  const id = sql.placeholder('id');
  return {
    documentsOf: db.select().from(documents).where(eq(documents.incidentId, id)).prepare('documents_of'),
    removeIncident: db.delete(incidents).where(eq(incidents.id, id)).returning({ id: incidents.id }).prepare('remove_incident'),
    removeIncidentOf: db
      .delete(incidents)
      .where(and(eq(incidents.id, id), isIncidentOf(incidents, placeholders)))
      .returning({ id: incidents.id })
      .prepare('remove_incident_of'),
    removeDocuments: db
      .delete(documents)
      .where(eq(documents.incidentId, id))
      .returning({ kind: documents.kind })
      .prepare('remove_documents'),
    removeIds: db
      .delete(incidentIds)
      .where(eq(incidentIds.incidentId, id))
      .returning({ alias: incidentIds.alias })
      .prepare('remove_incident_ids'),
  };
}

function insertions(connection: Connection) {
  const { db } = connection;
  const { incidents, incidentIds, documents } = connection.tables;
  return {
    insertRows: createRowInserter(connection, {
      name: 'insert_incidents',
      columns: ['id', 'cluster', 'namespace', 'workloadKind', 'workloadName', 'status', 'onsetAt', 'overAt', 'body'],
      insert: (rows) => db.insert(incidents).values(rows),
    }),
    insertIds: createRowInserter(connection, {
      name: 'insert_incident_ids',
      columns: ['alias', 'incidentId'],
      insert: (rows) => db.insert(incidentIds).values(rows),
    }),
    insertDocuments: createRowInserter(connection, {
      name: 'insert_documents',
      columns: ['incidentId', 'kind', 'markdown', 'watermark', 'inputHash'],
      insert: (rows) => db.insert(documents).values(rows),
    }),
  };
}

/** Of several incidents; their statements leave together. */
export async function readDocumentsOf(connection: Connection, ids: readonly string[]): Promise<readonly DocumentRow[]> {
  const { documentsOf } = incidentStatements(connection);
  return (await Promise.all(ids.map((id) => documentsOf.execute({ id })))).flat();
}
