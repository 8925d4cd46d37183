import { jobFailure, jobSuccess } from '../../history/jobs.ts';
import type { WorkloadHistory } from '../../history/workload-history.ts';
import type { Instant } from '../../time/instant.ts';

/** In which way a workload came to its end at a moment, as its own records show it. */
export function howItEnded({ key, top, pods }: WorkloadHistory, at: Instant): string {
  if (top === undefined) {
    const [pod] = pods;
    if (key.kind !== 'Pod' || pod === undefined) return 'it was deleted or finished';
    return pod.terminalAt !== undefined && pod.terminalAt <= at ? 'the pod ended and is not restarted' : 'the pod was deleted';
  }
  if (top.kind === 'Job' && jobFailure(top) !== undefined) return 'the Job failed for good';
  if (top.kind === 'Job' && jobSuccess(top) !== undefined) return 'the Job completed';
  const state = top.states.findLast((item) => item.at <= at)?.record;
  return state?.replicas?.wanted === 0 ? 'it was scaled to zero' : 'it was deleted';
}
