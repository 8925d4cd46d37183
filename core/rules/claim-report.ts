import type { EventRecord } from '../history/event-record.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';

/** What the volume controller and the provisioner say of a claim that is not bound. */
export interface ClaimReport {
  readonly event: EventRecord;
  /** Where the text says more than that the claim is unbound. */
  readonly cause?: 'storage-class-missing';
}

const reasons = new Set(['ProvisioningFailed', 'FailedBinding', 'ProvisioningCleanupFailed', 'VolumeMismatch']);
const noClass = /storageclass(?:es)?(?:\.storage\.k8s\.io)? "[^"]{1,253}" not found/;

/** The newest failure among the events of the claims that the pod mounts. */
export function claimReport(pod: PodHistory, workload: WorkloadHistory): ClaimReport | undefined {
  const claims = new Set(
    (pod.latest.volumes ?? []).flatMap(({ source, ref }) => (source === 'persistentVolumeClaim' && ref !== undefined ? [ref] : [])),
  );
  const event = workload.otherEvents.findLast(
    ({ record }) =>
      reasons.has(record.reason) && record.involvedObject.kind === 'PersistentVolumeClaim' && claims.has(record.involvedObject.name),
  );
  if (event === undefined) return undefined;
  return noClass.test(event.message) ? { event, cause: 'storage-class-missing' } : { event };
}
