import { sql } from 'drizzle-orm';
import type { WorkloadVersion } from '#core/store-model.ts';
import type { Connection } from './database.ts';
import { prepared } from './prepared.ts';
import { createRowInserter } from './row-inserter.ts';
import type { Touch } from './touched-by.ts';

const statements = prepared(({ db, tables: { workloads } }) => ({
  mark: createRowInserter(
    ['cluster', 'namespace', 'kind', 'name', 'version', 'stale', 'unsettled', 'firstAt', 'lastAt', 'activeUntil', 'evaluatedAt'],
    (rows, name) =>
      db
        .insert(workloads)
        .values(rows)
        .onConflictDoUpdate({
          target: [workloads.cluster, workloads.namespace, workloads.kind, workloads.name],
          set: {
            version: sql`${workloads.version} + 1`,
            stale: true,
            // SQLite's max() of two is PostgreSQL's greatest(): neither has the other's name.
            firstAt: sql`case when excluded.first_at < ${workloads.firstAt} then excluded.first_at else ${workloads.firstAt} end`,
            lastAt: sql`case when excluded.last_at > ${workloads.lastAt} then excluded.last_at else ${workloads.lastAt} end`,
            activeUntil: sql`case when excluded.active_until > ${workloads.activeUntil} then excluded.active_until else ${workloads.activeUntil} end`,
          },
        })
        .returning({
          cluster: workloads.cluster,
          namespace: workloads.namespace,
          kind: workloads.kind,
          name: workloads.name,
          version: workloads.version,
        })
        .prepare(`mark_workloads_${name}`),
  ),
}));

/** Gives every touched workload a new version and leaves a mark that stands until incidents made from it are saved. */
export async function markWorkloads(tx: Connection, touches: readonly Touch[]): Promise<readonly WorkloadVersion[]> {
  const rows = touches.map(({ workload, ...times }) => ({
    ...workload,
    ...times,
    version: 1,
    stale: true,
    unsettled: false,
    evaluatedAt: 0,
  }));
  return statements(tx).mark(rows);
}
