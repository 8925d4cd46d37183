import type { Observation } from '#core/wire/observation.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import { at, container, deployment, digest, ended, event, imageID, pod, replicaSet, running, waiting } from './build-observations.ts';

export const nightlyKey: WorkloadKey = { cluster: 'test', namespace: 'shop', kind: 'CronJob', name: 'nightly' };

const cronJob = { kind: 'CronJob', name: 'nightly', uid: 'cron-1' };

interface Run {
  readonly number: number;
  /** Seconds after the start, as all times here. */
  readonly from: number;
  readonly exitCode: number;
  /** When its Job and its pod are deleted. */
  readonly until: number;
}

/** The records of one run of CronJob `nightly`: its Job, its pod, and an event, from the first to the deletion. */
export function cronRun({ number, from, exitCode, until }: Run): readonly Observation[] {
  const [jobName, podName, id] = [`nightly-${number}`, `nightly-${number}-x`, `containerd://run-${number}`];
  const end = from + 20;
  const job = (seconds: number, fields: Parameters<typeof deployment>[1] = {}) =>
    deployment(seconds, {
      objectKind: 'Job',
      name: jobName,
      uid: `job-${number}`,
      createdAt: at(from),
      owner: cronJob,
      workload: { kind: 'CronJob', name: 'nightly', chain: [cronJob] },
      ...fields,
    });
  const state = (seconds: number, fields: Parameters<typeof pod>[1]) =>
    pod(seconds, {
      name: podName,
      uid: `pod-run-${number}`,
      createdAt: at(from),
      restartPolicy: 'Never',
      workload: { kind: 'CronJob', name: 'nightly', chain: [{ kind: 'Job', name: jobName, uid: `job-${number}` }, cronJob] },
      ...fields,
    });
  const over = exitCode === 0 ? ('Succeeded' as const) : ('Failed' as const);
  const last = { phase: over, containers: [container({ imageID, containerID: id, state: ended(id, exitCode, from + 2, end) })] };
  const outcome = {
    conditions: [{ type: exitCode === 0 ? 'Complete' : 'Failed', status: 'True' as const, lastTransitionTime: at(end + 1) }],
  };
  return [
    job(from),
    state(from + 1, { phase: 'Pending', containers: [container({ state: waiting('ContainerCreating') })] }),
    event(from + 2, {
      uid: `event-run-${number}`,
      reason: 'Started',
      message: 'Started container app',
      type: 'Normal',
      involvedObject: { kind: 'Pod', namespace: 'shop', name: podName, uid: `pod-run-${number}` },
    }),
    state(from + 2, { containers: [container({ imageID, containerID: id, state: running(from + 2) })] }),
    state(end, last),
    job(end + 1, outcome),
    state(until, { ...last, deleted: true }),
    job(until + 1, { ...outcome, deleted: true }),
  ];
}

interface Life {
  readonly number: number;
  readonly from: number;
  readonly until: number;
  /** Seconds after its start at which its container dies, and is started again five seconds later. */
  readonly dies: readonly number[];
  readonly revision: number;
}

/** The records of one pod of Deployment `api`, and of the ReplicaSet that made it. */
export function replicaLife({ number, from, until, dies, revision }: Life): readonly Observation[] {
  const hash = `hash${revision}`;
  const chain = [
    { kind: 'ReplicaSet', name: `api-${hash}`, uid: `rs-${revision}` },
    { kind: 'Deployment', name: 'api', uid: 'deploy-1' },
  ];
  const image = `registry.example/shop/api:1.${revision}.0`;
  const id = (instance: number) => `containerd://life-${number}-${instance}`;
  const state = (seconds: number, fields: Parameters<typeof container>[0], more: Parameters<typeof pod>[1] = {}) =>
    pod(seconds, {
      name: `api-${hash}-${number}`,
      uid: `pod-life-${number}`,
      createdAt: at(from),
      revisionHash: hash,
      node: 'node-2',
      workload: { kind: 'Deployment', name: 'api', chain },
      containers: [container({ image, imageID: imageID.replace(digest, `sha256:${String(revision).repeat(64).slice(0, 64)}`), ...fields })],
      ...more,
    });
  const restarts = dies.map((after, index) => {
    const died = from + 10 + after;
    return [
      state(died, { containerID: id(index), restartCount: index, state: ended(id(index), 1, died - 5, died) }),
      state(died + 5, { containerID: id(index + 1), restartCount: index + 1, ready: true, state: running(died + 5) }),
    ];
  });
  return [
    replicaSet(Math.max(1, from - 1), {
      name: `api-${hash}`,
      uid: `rs-${revision}`,
      revisionHash: hash,
      revision: String(revision),
      createdAt: at(Math.max(1, from - 1)),
      containers: [{ name: 'app', role: 'app', image }],
    }),
    state(from + 1, { state: waiting('ContainerCreating') }, { phase: 'Pending' }),
    state(from + 5, { containerID: id(0), ready: true, state: running(from + 5) }),
    ...restarts.flat(),
    state(until, { containerID: id(dies.length), restartCount: dies.length, ready: true, state: running(from + 5) }, { deleted: true }),
  ];
}
