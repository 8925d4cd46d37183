import { observationId } from '#core/wire/observation-id.ts';
import type { ContainerStatus } from '#core/wire/container.ts';
import type { EventObservation } from '#core/wire/event.ts';
import type { LogObservation } from '#core/wire/log.ts';
import type { Draft, Observation } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import type { WorkloadObservation } from '#core/wire/workload.ts';
import type { WorkloadKey } from '#core/store-model.ts';

/** Small builders of wire observations: a test names only what it is about. Times are seconds after a fixed moment. */

const start = Date.parse('2026-05-03T14:00:00Z');

export const key: WorkloadKey = { cluster: 'test', namespace: 'shop', kind: 'Deployment', name: 'api' };

export function at(seconds: number): string {
  return new Date(start + seconds * 1000).toISOString().replace('.000Z', 'Z');
}

export function instant(seconds: number): number {
  return start + seconds * 1000;
}

function seal<T extends Observation>(draft: Draft<T>, seconds: number): T {
  return { ...draft, id: observationId(draft), observedAt: at(seconds), cluster: 'test' } as unknown as T;
}

const workload = {
  kind: 'Deployment',
  name: 'api',
  chain: [
    { kind: 'ReplicaSet', name: 'api-7d9f', uid: 'rs-1' },
    { kind: 'Deployment', name: 'api', uid: 'deploy-1' },
  ],
};

let made = 0;

/** Grows with the time of the state, as the API server's does; the order in which a test writes its states does not matter. */
function version(seconds: number): string {
  made += 1;
  return String(1_000_000_000 + Math.round(seconds * 1000) * 10_000 + (made % 10_000));
}

export function container(fields: Partial<ContainerStatus> = {}): ContainerStatus {
  return { name: 'app', role: 'app', image: 'registry.example/shop/api:1.4.2', statusIndex: 0, ready: false, restartCount: 0, ...fields };
}

export const digest = `sha256:${'ab'.repeat(32)}`;
export const imageID = `registry.example/shop/api@${digest}`;

/** One state of pod `api-7d9f-abcde`, seen `seconds` after the start. */
export function pod(seconds: number, fields: Partial<PodObservation> = {}): PodObservation {
  const containers = fields.containers ?? [container()];
  const ready = containers.every((item) => item.ready === true);
  return seal<PodObservation>(
    {
      kind: 'pod',
      namespace: 'shop',
      name: 'api-7d9f-abcde',
      uid: 'pod-1',
      resourceVersion: version(seconds),
      createdAt: at(0),
      workload,
      revisionHash: '7d9f',
      node: 'node-1',
      restartPolicy: 'Always',
      phase: 'Running',
      conditions: [
        { type: 'PodScheduled', status: 'True', lastTransitionTime: at(0) },
        { type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: at(seconds) },
      ],
      ...fields,
      containers,
    },
    seconds,
  );
}

export function event(seconds: number, fields: Partial<EventObservation> & Pick<EventObservation, 'reason' | 'message'>): EventObservation {
  const count = fields.count ?? 1;
  return seal<EventObservation>(
    {
      kind: 'event',
      namespace: 'shop',
      name: `api.${fields.uid ?? fields.reason}`,
      uid: fields.uid ?? `event-${fields.reason}-${fields.message}`,
      resourceVersion: version(seconds),
      involvedObject: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-abcde', uid: 'pod-1', fieldPath: 'spec.containers{app}' },
      type: 'Warning',
      count,
      firstTimestamp: at(seconds),
      lastTimestamp: at(seconds),
      source: { component: 'kubelet', host: 'node-1' },
      ...fields,
    },
    seconds,
  );
}

export function log(seconds: number, containerID: string, text: string, fields: Partial<LogObservation> = {}): LogObservation {
  return seal<LogObservation>(
    {
      kind: 'log',
      namespace: 'shop',
      pod: 'api-7d9f-abcde',
      podUid: 'pod-1',
      container: 'app',
      role: 'app',
      workload,
      containerID,
      restartCount: 0,
      final: true,
      text,
      ...fields,
    },
    seconds,
  );
}

export function deployment(seconds: number, fields: Partial<WorkloadObservation> = {}): WorkloadObservation {
  return seal<WorkloadObservation>(
    {
      kind: 'workload',
      objectKind: 'Deployment',
      namespace: 'shop',
      name: 'api',
      uid: 'deploy-1',
      resourceVersion: version(seconds),
      createdAt: at(0),
      workload: { kind: 'Deployment', name: 'api', chain: [] },
      revision: '1',
      replicas: { wanted: 1 },
      containers: [{ name: 'app', role: 'app', image: 'registry.example/shop/api:1.4.2' }],
      ...fields,
    },
    seconds,
  );
}

export function replicaSet(seconds: number, fields: Partial<WorkloadObservation> = {}): WorkloadObservation {
  return deployment(seconds, {
    objectKind: 'ReplicaSet',
    name: 'api-7d9f',
    uid: 'rs-1',
    revisionHash: '7d9f',
    owner: { kind: 'Deployment', name: 'api', uid: 'deploy-1' },
    ...fields,
  });
}

/** A container state of an instance that ended. */
export function ended(
  id: string,
  exitCode: number,
  ...[from, to, reason = exitCode === 0 ? 'Completed' : 'Error']: readonly [number, number, string?]
) {
  return { terminated: { exitCode, reason, containerID: id, startedAt: at(from), finishedAt: at(to) } };
}

export function running(from: number) {
  return { running: { startedAt: at(from) } };
}

export function waiting(reason: string, message?: string) {
  return { waiting: { reason, ...(message === undefined ? {} : { message }) } };
}
