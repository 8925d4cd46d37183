import { jobFailure, jobsOf, jobSuccess, podsOf } from '../history/jobs.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Instant } from '../time/instant.ts';

/** Health of work that runs to an end and is never "ready". */
export interface RunHealth {
  /** Moments at which it changes. */
  readonly times: readonly Instant[];
  /** The last run succeeded, and nothing has failed since. */
  readonly wellAt: (at: Instant) => boolean;
}

/** Undefined for workloads whose pods run for ever; a pod of a Job that is ready says nothing. */
export function runHealthOf(workload: WorkloadHistory): RunHealth | undefined {
  if (workload.key.kind !== 'Job' && workload.key.kind !== 'CronJob') return undefined;
  const successes = successTimes(workload).toSorted((a, b) => a - b);
  const failures = failureTimes(workload).toSorted((a, b) => a - b);
  const wellAt = (at: Instant): boolean => {
    const success = successes.findLast((time) => time <= at);
    return success !== undefined && success >= (failures.findLast((time) => time <= at) ?? 0);
  };
  return { times: [...successes, ...failures], wellAt };
}

function successTimes(workload: WorkloadHistory): readonly Instant[] {
  const jobs = jobsOf(workload);
  const owned = new Set(jobs.flatMap((job) => podsOf(workload, job)));
  const unowned = workload.pods.filter((pod) => !owned.has(pod) && pod.latest.phase === 'Succeeded');
  return [...jobs.flatMap((job) => jobSuccess(job)?.state.at ?? []), ...unowned.flatMap((pod) => pod.terminalAt ?? [])];
}

function failureTimes(workload: WorkloadHistory): readonly Instant[] {
  return [...jobsOf(workload).flatMap((job) => jobFailure(job)?.state.at ?? []), ...workload.pods.flatMap(failedEnds)];
}

function failedEnds(pod: PodHistory): readonly Instant[] {
  const ends = pod.containers.flatMap((container) =>
    container.attempts.flatMap(({ end }) => (end === undefined || end.terminated.exitCode === 0 ? [] : [end.seenAt])),
  );
  return pod.latest.phase === 'Failed' && pod.terminalAt !== undefined ? [...ends, pod.terminalAt] : ends;
}
