import { and, eq, exists, gte, inArray, lte, or } from 'drizzle-orm';
import type { CoverageObservation } from '#core/wire/coverage.ts';
import type { Connection } from './database.ts';
import { afterlifeMs, coverageSlackMs } from './relevance.ts';
import type { Owner } from './touched-by.ts';

const ownerColumns = ({ tables: { objects } }: Connection) => ({
  namespace: objects.namespace,
  workloadKind: objects.workloadKind,
  workloadName: objects.workloadName,
});

/** Those with a pod on the node that was not long gone at that data time. */
export async function workloadsOnNode(tx: Connection, cluster: string, node: string, observedAt: number): Promise<readonly Owner[]> {
  const { links, objects } = tx.tables;
  return tx.db
    .selectDistinct(ownerColumns(tx))
    .from(links)
    .innerJoin(objects, and(eq(objects.cluster, links.cluster), eq(objects.uid, links.uid)))
    .where(and(eq(links.cluster, cluster), eq(links.target, node), gte(objects.goneAt, observedAt - afterlifeMs)));
}

/** Those whose objects bear the name, and those whose pods refer to it. */
export async function workloadsOfName(tx: Connection, cluster: string, name: string): Promise<readonly Owner[]> {
  const { links, objects } = tx.tables;
  const linked = tx.db
    .select({ uid: links.uid })
    .from(links)
    .where(and(eq(links.cluster, cluster), eq(links.target, name)));
  return tx.db
    .selectDistinct(ownerColumns(tx))
    .from(objects)
    .where(and(eq(objects.cluster, cluster), or(eq(objects.nameKey, name), inArray(objects.uid, linked))));
}

/**
 * Those with incidents that had records of their own at about the time of the note. A note alone opens no incident, so the
 * others need no look. Twice the slack, since the times of a workload here miss records that came before their pod did.
 */
export async function workloadsInTrouble(tx: Connection, cluster: string, note: CoverageObservation): Promise<readonly Owner[]> {
  const { incidents, workloads } = tx.tables;
  const incidentsOfIt = tx.db
    .select({ id: incidents.id })
    .from(incidents)
    .where(
      and(
        eq(incidents.cluster, workloads.cluster),
        eq(incidents.namespace, workloads.namespace),
        eq(incidents.workloadKind, workloads.kind),
        eq(incidents.workloadName, workloads.name),
      ),
    );
  return tx.db
    .select({ namespace: workloads.namespace, workloadKind: workloads.kind, workloadName: workloads.name })
    .from(workloads)
    .where(
      and(
        eq(workloads.cluster, cluster),
        note.namespace === undefined ? undefined : eq(workloads.namespace, note.namespace),
        gte(workloads.lastAt, Date.parse(note.from) - 2 * coverageSlackMs),
        lte(workloads.firstAt, Date.parse(note.to) + 2 * coverageSlackMs),
        exists(incidentsOfIt),
      ),
    );
}
