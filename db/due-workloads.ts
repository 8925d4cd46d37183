import { and, eq, lt, sql } from 'drizzle-orm';
import type { WorkloadVersion } from '#core/store-model.ts';
import type { Connection } from './database.ts';

const versionColumns = ({ tables: { workloads } }: Connection) => ({
  cluster: workloads.cluster,
  namespace: workloads.namespace,
  kind: workloads.kind,
  name: workloads.name,
  version: workloads.version,
});

/** What the passing of data time alone can change, and that was last looked at when the watermark stood lower. */
export async function readUnsettledWorkloads(connection: Connection, cluster: string | undefined): Promise<readonly WorkloadVersion[]> {
  const { workloads, watermarks } = connection.tables;
  return connection.db
    .select(versionColumns(connection))
    .from(workloads)
    .innerJoin(watermarks, eq(watermarks.cluster, workloads.cluster))
    .where(
      and(
        cluster === undefined ? undefined : eq(workloads.cluster, cluster),
        // Word by word the condition of the partial index.
        sql`(${workloads.unsettled} or ${workloads.evaluatedAt} < ${workloads.activeUntil})`,
        lt(workloads.evaluatedAt, watermarks.at),
      ),
    );
}

/** Everything, in the order of the key. */
export async function readAllWorkloads(connection: Connection): Promise<readonly WorkloadVersion[]> {
  const { workloads } = connection.tables;
  return connection.db
    .select(versionColumns(connection))
    .from(workloads)
    .orderBy(workloads.cluster, workloads.namespace, workloads.kind, workloads.name);
}

/** What changed and was not evaluated since. */
export async function readStaleWorkloads(connection: Connection, limit: number): Promise<readonly WorkloadVersion[]> {
  const { workloads } = connection.tables;
  return connection.db
    .select(versionColumns(connection))
    .from(workloads)
    .where(sql`${workloads.stale}`)
    .limit(limit);
}
