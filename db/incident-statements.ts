import { and, eq, gte, lte, sql } from 'drizzle-orm';
import { prepared } from './prepared.ts';
import { createRowInserter } from './row-inserter.ts';
import { isIncidentOf, isWorkload } from './workload-key.ts';

const placeholders = {
  cluster: sql.placeholder('cluster'),
  namespace: sql.placeholder('namespace'),
  kind: sql.placeholder('kind'),
  name: sql.placeholder('name'),
};

/** What every save of a workload runs: making the SQL anew each time took longer than running it. */
export const incidentStatements = prepared(({ db, tables: { workloads, incidents, incidentIds, documents } }) => {
  const evaluate = (unsettled: boolean) =>
    db
      .update(workloads)
      .set({ stale: false, unsettled, evaluatedAt: sql`${sql.placeholder('watermark')}` })
      .where(
        and(
          isWorkload(workloads, placeholders),
          eq(workloads.version, sql.placeholder('version')),
          lte(workloads.evaluatedAt, sql.placeholder('watermark')),
        ),
      )
      .returning({ expiredBefore: workloads.expiredBefore });
  return {
    evaluated: evaluate(false).prepare('workload_evaluated'),
    evaluatedUnsettled: evaluate(true).prepare('workload_evaluated_unsettled'),
    incidentsFrom: db
      .select({ id: incidents.id, body: incidents.body })
      .from(incidents)
      .where(and(isIncidentOf(incidents, placeholders), gte(incidents.onsetAt, sql.placeholder('expiredBefore'))))
      .prepare('incidents_from'),
    insertRows: createRowInserter(
      ['id', 'cluster', 'namespace', 'workloadKind', 'workloadName', 'status', 'onsetAt', 'overAt', 'body'],
      (rows, size) => db.insert(incidents).values(rows).returning({ id: incidents.id }).prepare(`insert_incidents_${size}`),
    ),
    insertIds: createRowInserter(['alias', 'incidentId'], (rows, size) =>
      db.insert(incidentIds).values(rows).returning({ alias: incidentIds.alias }).prepare(`insert_incident_ids_${size}`),
    ),
    insertDocuments: createRowInserter(['incidentId', 'kind', 'markdown', 'watermark', 'inputHash'], (rows, size) =>
      db.insert(documents).values(rows).returning({ kind: documents.kind }).prepare(`insert_documents_${size}`),
    ),
  };
});
