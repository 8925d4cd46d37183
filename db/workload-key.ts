import { and, eq, type Placeholder, type SQL } from 'drizzle-orm';
import type { WorkloadKey } from '#core/store-model.ts';
import type { Tables } from './schema.ts';

/** A key, or the placeholders of one. */
type KeyOrPlaceholders = Readonly<Record<keyof WorkloadKey, string | Placeholder>>;

export function isWorkload(workloads: Tables['workloads'], key: KeyOrPlaceholders): SQL | undefined {
  return and(
    eq(workloads.cluster, key.cluster),
    eq(workloads.namespace, key.namespace),
    eq(workloads.kind, key.kind),
    eq(workloads.name, key.name),
  );
}

export function isIncidentOf(incidents: Tables['incidents'], key: KeyOrPlaceholders): SQL | undefined {
  return and(
    eq(incidents.cluster, key.cluster),
    eq(incidents.namespace, key.namespace),
    eq(incidents.workloadKind, key.kind),
    eq(incidents.workloadName, key.name),
  );
}

export function isObjectOf(objects: Tables['objects'], key: KeyOrPlaceholders): SQL | undefined {
  return and(
    eq(objects.workloadName, key.name),
    eq(objects.namespace, key.namespace),
    eq(objects.workloadKind, key.kind),
    eq(objects.cluster, key.cluster),
  );
}
