import type { Observation } from '../wire/observation.ts';

/** Nodes and claims are shared by workloads. */
const sharedKinds = new Set(['Node', 'PersistentVolumeClaim']);

/** The object of the workload that a record is about; undefined for what is shared, and for notes. */
export function subjectUid(observation: Observation): string | undefined {
  switch (observation.kind) {
    case 'pod':
    case 'workload':
      return observation.uid;
    case 'log':
    case 'usage':
      return observation.podUid;
    case 'event':
      return sharedKinds.has(observation.involvedObject.kind) ? undefined : observation.involvedObject.uid;
    case 'node':
    case 'coverage':
      return undefined;
    default:
      return observation satisfies never;
  }
}
