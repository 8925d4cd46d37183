import { and, eq, type SQL } from 'drizzle-orm';
import type { WorkloadKey } from '#core/store-model.ts';
import type { Tables } from './schema.ts';

export function isWorkload(workloads: Tables['workloads'], key: WorkloadKey): SQL | undefined {
  return and(
    eq(workloads.cluster, key.cluster),
    eq(workloads.namespace, key.namespace),
    eq(workloads.kind, key.kind),
    eq(workloads.name, key.name),
  );
}

export function isIncidentOf(incidents: Tables['incidents'], key: WorkloadKey): SQL | undefined {
  return and(
    eq(incidents.cluster, key.cluster),
    eq(incidents.namespace, key.namespace),
    eq(incidents.workloadKind, key.kind),
    eq(incidents.workloadName, key.name),
  );
}
