import { sql } from 'drizzle-orm';
import type { WorkloadVersion } from '#core/store-model.ts';
import type { Connection } from './database.ts';
import { prepared } from './prepared.ts';
import { createRowInserter } from './row-inserter.ts';
import type { Touch, TouchTimes } from './touched-by.ts';
import { isWorkload } from './workload-key.ts';

interface Mark extends WorkloadVersion, TouchTimes {
  readonly stale: boolean;
  readonly unsettled: boolean;
  readonly evaluatedAt: number;
}

const statements = prepared((connection) => {
  const { workloads } = connection.tables;
  const { cluster, namespace, kind, name, version } = workloads;
  const returning = { cluster, namespace, kind, name, version };
  return {
    mark: createRowInserter<keyof Mark, WorkloadVersion>(connection, {
      name: 'mark_workloads',
      columns: ['cluster', 'namespace', 'kind', 'name', 'version', 'stale', 'unsettled', 'firstAt', 'lastAt', 'activeUntil', 'evaluatedAt'],
      insert: (rows) =>
        connection.db
          .insert(workloads)
          .values(rows)
          .onConflictDoUpdate({
            target: [cluster, namespace, kind, name],
            set: {
              version: sql`${version} + 1`,
              stale: true,
              // SQLite's max() of two is PostgreSQL's greatest(): neither has the other's name.
              firstAt: sql`case when excluded.first_at < ${workloads.firstAt} then excluded.first_at else ${workloads.firstAt} end`,
              lastAt: sql`case when excluded.last_at > ${workloads.lastAt} then excluded.last_at else ${workloads.lastAt} end`,
              // A record of a time that is told for good: all of it is told anew.
              foldedBefore: sql`case when excluded.first_at < ${workloads.foldedBefore} then 0 else ${workloads.foldedBefore} end`,
              activeUntil: sql`case when excluded.active_until > ${workloads.activeUntil} then excluded.active_until else ${workloads.activeUntil} end`,
            },
          })
          .returning(returning),
      returning,
    }),
    unfold: connection.db
      .update(workloads)
      .set({ foldedBefore: 0 })
      .where(
        isWorkload(workloads, {
          cluster: sql.placeholder('cluster'),
          namespace: sql.placeholder('namespace'),
          kind: sql.placeholder('kind'),
          name: sql.placeholder('name'),
        }),
      )
      .returning({ version })
      .prepare('unfold_workload'),
  };
});

/** Gives every touched workload a new version and leaves a mark that stands until incidents made from it are saved. */
export async function markWorkloads(tx: Connection, touches: readonly Touch[]): Promise<readonly WorkloadVersion[]> {
  const { mark, unfold } = statements(tx);
  for (const { workload, reopens } of touches) if (reopens === true) await unfold.execute({ ...workload });
  const rows = touches.map(({ workload, firstAt, lastAt, activeUntil }): Mark => ({
    ...workload,
    firstAt,
    lastAt,
    activeUntil,
    version: 1,
    stale: true,
    unsettled: false,
    evaluatedAt: 0,
  }));
  return mark(rows);
}
