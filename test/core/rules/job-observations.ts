import type { PodObservation } from '#core/wire/pod.ts';
import type { WorkloadObservation } from '#core/wire/workload.ts';
import { at, deployment, pod } from '../../support/build-observations.ts';

/** A Job and its pods, and the CronJob that may own it. */

export const exportJob = { kind: 'Job', name: 'export' } as const;
export const nightly = { kind: 'CronJob', name: 'nightly' } as const;

const ownJob = { kind: 'Job', name: 'export', uid: 'job-1' };

export function job(seconds: number, fields: Partial<WorkloadObservation> = {}): WorkloadObservation {
  return deployment(seconds, {
    objectKind: 'Job',
    name: 'export',
    uid: 'job-1',
    workload: { ...exportJob, chain: [] },
    replicas: undefined,
    containers: [{ name: 'app', role: 'app', image: 'registry.example/shop/export:7' }],
    ...fields,
  });
}

export function jobPod(seconds: number, uid: string, fields: Partial<PodObservation> = {}): PodObservation {
  return pod(seconds, {
    uid,
    name: `export-${uid}`,
    workload: { ...exportJob, uid: 'job-1', chain: [ownJob] },
    restartPolicy: 'Never',
    ...fields,
  });
}

/** The same Job and pods, made by CronJob `nightly`. */
export function cronRun(uid: string, observation: WorkloadObservation | PodObservation): WorkloadObservation | PodObservation {
  const top = { ...nightly, uid: 'cron-1' };
  if (observation.kind === 'workload') {
    return { ...observation, id: `${observation.id}-${uid}`, name: uid, uid, owner: top, workload: { ...nightly, chain: [top] } };
  }
  return { ...observation, id: `${observation.id}-${uid}`, workload: { ...nightly, chain: [{ kind: 'Job', name: uid, uid }, top] } };
}

export function failed(seconds: number, reason = 'BackoffLimitExceeded', message = 'Job has reached the specified backoff limit') {
  return [{ type: 'Failed', status: 'True', reason, message, lastTransitionTime: at(seconds) }];
}

export function complete(seconds: number) {
  return [{ type: 'Complete', status: 'True', lastTransitionTime: at(seconds) }];
}
