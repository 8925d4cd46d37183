import type { WorkloadObservation } from '#core/wire/workload.ts';
import { compact } from './compact.ts';
import { count, type Json } from './read-field.ts';

/** Replicas wanted and there. The API leaves zeros out of a status, so what is absent from one counts as 0. */
export function trimReplicas(objectKind: string, spec: Json, status: Json): WorkloadObservation['replicas'] {
  switch (objectKind) {
    case 'DaemonSet':
      return compact({
        wanted: count(status.desiredNumberScheduled),
        current: count(status.currentNumberScheduled) ?? 0,
        ready: count(status.numberReady) ?? 0,
        updated: count(status.updatedNumberScheduled) ?? 0,
      });
    case 'Deployment':
    case 'StatefulSet':
      return { ...scaled(spec, status), updated: count(status.updatedReplicas) ?? 0 };
    case 'ReplicaSet':
      return scaled(spec, status);
    default:
      return undefined;
  }
}

function scaled(spec: Json, status: Json): { wanted: number; current: number; ready: number } {
  return { wanted: count(spec.replicas) ?? 1, current: count(status.replicas) ?? 0, ready: count(status.readyReplicas) ?? 0 };
}
