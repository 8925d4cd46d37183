import type { LogObservation } from '../wire/log.ts';
import type { Attempt } from './container-history.ts';
import type { WorkloadHistory } from './workload-history.ts';

/** Where a log is filed: by its container instance, or by pod and attempt where the runtime named none. */
export function logKey(log: Pick<LogObservation, 'containerID' | 'podUid' | 'container' | 'restartCount'>): string {
  return log.containerID ?? `${log.podUid}/${log.container}/${log.restartCount}`;
}

/** The log of exactly this attempt, or undefined; another attempt's log is never a substitute. */
export function logOf(workload: WorkloadHistory, podUid: string, attempt: Attempt): LogObservation | undefined {
  return workload.logs.get(attempt.containerID ?? `${podUid}/${attempt.status.name}/${attempt.index}`);
}
