import { expect, test } from 'vitest';
import { trimEvent } from '../../../collector/trim/trim-event.ts';
import { trimNode } from '../../../collector/trim/trim-node.ts';
import { trimWorkload } from '../../../collector/trim/trim-workload.ts';
import { lastObject } from '../support/recorded.ts';

const workload = { kind: 'Deployment', name: 'd', chain: [] };
const metadata = { namespace: 'shop', name: 'x', uid: 'u', resourceVersion: '7', creationTimestamp: '2026-11-22T11:00:00Z' };
const identity = { namespace: 'shop', name: 'x', uid: 'u', resourceVersion: '7' };

test('a recorded event of the scheduler: no count, only eventTime and a series', () => {
  expect(trimEvent(lastObject('s16-pending-insufficient', 'events'))).toEqual({
    kind: 'event',
    namespace: 's16-pending-insufficient',
    name: 'analytics-56b9f486f7-vptsw.18ea58da59522d5f',
    uid: 'a4a640bb-7a62-4de0-bf74-4082dcccf9b7',
    resourceVersion: '1869',
    involvedObject: {
      kind: 'Pod',
      namespace: 's16-pending-insufficient',
      name: 'analytics-56b9f486f7-vptsw',
      uid: '362b02cf-92d2-4816-a7eb-268e7d07ebef',
    },
    reason: 'FailedScheduling',
    type: 'Warning',
    message:
      '0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
    action: 'Scheduling',
    series: { count: 2, lastObservedTime: '2026-11-22T10:58:23.098277Z' },
    eventTime: '2026-11-22T10:58:16.285230Z',
    createdAt: '2026-11-22T10:58:16Z',
    source: { component: 'default-scheduler' },
  });
});

test('core/v1 and events.k8s.io/v1 give the same', () => {
  const core = {
    metadata,
    involvedObject: { kind: 'Pod', namespace: 'shop', name: 'p', uid: 'pu', fieldPath: 'spec.containers{c}' },
    reason: 'BackOff',
    type: 'Warning',
    message: 'Back-off restarting failed container',
    count: 3,
    firstTimestamp: '2026-11-22T11:00:00Z',
    lastTimestamp: '2026-11-22T11:01:00Z',
    eventTime: null,
    source: { component: 'kubelet', host: 'node-1' },
  };
  const { involvedObject, message, count, firstTimestamp, lastTimestamp, source, ...same } = core;
  const events = {
    ...same,
    regarding: involvedObject,
    note: message,
    deprecatedCount: count,
    deprecatedFirstTimestamp: firstTimestamp,
    deprecatedLastTimestamp: lastTimestamp,
    deprecatedSource: source,
  };
  const expected = {
    kind: 'event',
    ...identity,
    involvedObject,
    reason: 'BackOff',
    type: 'Warning',
    message,
    count,
    firstTimestamp,
    lastTimestamp,
    createdAt: metadata.creationTimestamp,
    source,
  };
  expect(trimEvent(core)).toEqual(expected);
  expect(trimEvent(events)).toEqual(expected);
});

test('a node: conditions without heartbeats, taints, no addresses', () => {
  const node = {
    metadata: { ...metadata, namespace: undefined },
    spec: {
      unschedulable: true,
      taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded: '2026-11-22T11:00:00Z' }],
    },
    status: {
      addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
      allocatable: { cpu: '2', memory: '4Gi' },
      nodeInfo: { operatingSystem: 'linux', architecture: 'amd64', bootID: 'b', kernelVersion: '6' },
      conditions: [
        {
          type: 'Ready',
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          lastHeartbeatTime: '2026-11-22T11:00:40Z',
          lastTransitionTime: '2026-11-22T11:01:00Z',
        },
      ],
    },
  };
  expect(trimNode(node)).toEqual({
    kind: 'node',
    name: 'x',
    uid: 'u',
    resourceVersion: '7',
    unschedulable: true,
    taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }],
    allocatable: { cpu: '2', memory: '4Gi' },
    os: 'linux',
    architecture: 'amd64',
    bootId: 'b',
    conditions: [{ type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown', lastTransitionTime: '2026-11-22T11:01:00Z' }],
  });
});

test('a recorded ReplicaSet of a rolled back revision', () => {
  const draft = trimWorkload(lastObject('s24-seed-story', 'replicasets'), 'ReplicaSet', workload);
  expect(draft).toEqual({
    kind: 'workload',
    objectKind: 'ReplicaSet',
    namespace: 's24-seed-story',
    name: 'payments-api-69869d86dc',
    uid: 'd4446c12-7c04-4b3a-8873-d31503a384af',
    resourceVersion: '5880',
    createdAt: '2026-11-22T11:06:18Z',
    owner: { kind: 'Deployment', name: 'payments-api', uid: '61f62e5b-de3d-4862-944b-ea6f9f744d24' },
    workload,
    revision: '3',
    revisionHash: '69869d86dc',
    generation: 2,
    observedGeneration: 2,
    replicas: { wanted: 0, current: 0, ready: 0 },
    selector: { app: 'payments-api', 'pod-template-hash': '69869d86dc' },
    containers: [
      {
        name: 'api',
        role: 'app',
        image: '127.0.0.1:5000/platform/api:2026-04-22',
        resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '192Mi' } },
      },
    ],
  });
});

test('a recorded Job that gave up', () => {
  expect(trimWorkload(lastObject('s21-job-backofflimit', 'jobs'), 'Job', workload)).toMatchObject({
    objectKind: 'Job',
    suspended: false,
    job: { completions: 1, parallelism: 1, backoffLimit: 2, failed: 3, startTime: '2026-11-22T10:58:36Z' },
    conditions: ['FailureTarget', 'Failed'].map((type) => ({
      type,
      status: 'True',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
      lastTransitionTime: '2026-11-22T10:59:09Z',
    })),
  });
});

const template = {
  template: { spec: { containers: [{ name: 'c', image: 'i:1' }], initContainers: [{ name: 's', image: 'j:1', restartPolicy: 'Always' }] } },
};
const containers = [
  { name: 's', role: 'sidecar', image: 'j:1' },
  { name: 'c', role: 'app', image: 'i:1' },
];

test.each([
  ['Deployment', { spec: template, status: { replicas: 2, updatedReplicas: 1 } }, { wanted: 1, current: 2, ready: 0, updated: 1 }],
  [
    'StatefulSet',
    { spec: { ...template, replicas: 3 }, status: { readyReplicas: 2, updateRevision: 'x-1' } },
    { wanted: 3, current: 0, ready: 2, updated: 0 },
  ],
  ['DaemonSet', { spec: template, status: { desiredNumberScheduled: 4, numberReady: 3 } }, { wanted: 4, current: 0, ready: 3, updated: 0 }],
  ['ReplicaSet', { spec: { ...template, replicas: 0 }, status: {} }, { wanted: 0, current: 0, ready: 0 }],
  ['CronJob', { spec: { suspend: true, jobTemplate: { spec: template } }, status: {} }, undefined],
])('replicas and template of a %s', (kind, object, replicas) => {
  expect(trimWorkload({ metadata, ...object }, kind, workload)).toEqual({
    kind: 'workload',
    objectKind: kind,
    ...identity,
    createdAt: metadata.creationTimestamp,
    workload,
    ...(replicas && { replicas }),
    ...(kind === 'CronJob' && { suspended: true }),
    ...(kind === 'StatefulSet' && { revisionHash: 'x-1' }),
    containers,
  });
});

test.each([
  [{ annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/x' } }, { tool: 'argocd', name: 'shop' }],
  [
    { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' } },
    { tool: 'flux-kustomize', name: 'flux-system/apps' },
  ],
  [
    { labels: { 'helm.toolkit.fluxcd.io/name': 'r' }, annotations: { 'helm.toolkit.fluxcd.io/revision': '1.2.3' } },
    { tool: 'flux-helm', name: 'r', revision: '1.2.3' },
  ],
  [{ annotations: { 'example.com/private': 'x' } }, undefined],
])('GitOps provenance of %j', (extra, gitops) => {
  expect(trimWorkload({ metadata: { ...metadata, ...extra } }, 'Deployment', workload)?.gitops).toEqual(gitops);
});

test('a change cause loses e-mail addresses and credentials and nothing else', () => {
  const cause = 'first.last+ops@mail.example.com: kubectl set image deploy/api api=reg/app@sha256:0123 --token=abc';
  const annotations = { 'kubernetes.io/change-cause': cause };
  expect(trimWorkload({ metadata: { ...metadata, annotations } }, 'Deployment', workload)?.changeCause).toBe(
    '[address removed]: kubectl set image deploy/api api=reg/app@sha256:0123 --token=[REDACTED:named-pair]',
  );
});
