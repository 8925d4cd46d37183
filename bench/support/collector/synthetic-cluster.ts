import { at, podNames, uidOf, type PodStage } from './synthetic-names.ts';
import { syntheticPod, tagOf } from './synthetic-pod.ts';
import { podSpec } from './synthetic-spec.ts';

/** Kubernetes objects of a resource by number; nothing is held but numbers, so that the API costs little beside what reads it. */
export interface SyntheticCluster {
  readonly resources: ReadonlyMap<string, { readonly count: number; readonly json: (index: number) => string }>;
  /** The next line of a rolling storm: pods are replaced one slot after the other, eight states each. */
  nextChange(): string;
  /** The next line of a quiet hour: one pod after the other is annotated by some controller, which means nothing to mortem. */
  nextTouch(): string;
  /** The version of the last change. */
  resourceVersion(): string;
  /** Which generation of pods runs in a slot. */
  generationOf(slot: number): number;
}

const podsPerDeployment = 10;
const oldRevisions = 2;
const firstVersion = 1_000_000;

/** A new pod comes up, then an old one goes. */
const replacement: readonly (readonly [stage: PodStage, isNew: boolean, type: 'ADDED' | 'MODIFIED' | 'DELETED'])[] = [
  ['created', true, 'ADDED'],
  ['scheduled', true, 'MODIFIED'],
  ['creating', true, 'MODIFIED'],
  ['running', true, 'MODIFIED'],
  ['ready', true, 'MODIFIED'],
  ['deleting', false, 'MODIFIED'],
  ['ended', false, 'MODIFIED'],
  ['deleted', false, 'DELETED'],
];

export function createSyntheticCluster(pods: number): SyntheticCluster {
  const deployments = Math.ceil(pods / podsPerDeployment);
  const generations = new Uint16Array(pods).fill(1);
  let changes = 0;
  let touches = 0;
  const version = (index: number): string => String(firstVersion + index);
  const resources = new Map([
    ['deployments', { count: deployments, json: (index: number) => JSON.stringify(deployment(index)) }],
    ['replicasets', { count: deployments * (1 + oldRevisions), json: (index: number) => JSON.stringify(replicaSet(index)) }],
    ['nodes', { count: 200, json: (index: number) => JSON.stringify(node(index)) }],
    [
      'pods',
      {
        count: pods,
        json: (slot: number) => syntheticPod({ slot, generation: generations[slot] ?? 1, stage: 'ready', resourceVersion: version(slot) }),
      },
    ],
    ['events', { count: pods, json: (index: number) => JSON.stringify(event(index)) }],
  ]);
  return {
    resources,
    nextChange() {
      const slot = Math.floor(changes / replacement.length) % pods;
      const [stage, isNew, type] = replacement[changes % replacement.length] ?? ['ready', true, 'MODIFIED'];
      const generation = (generations[slot] ?? 1) + (isNew ? 1 : 0);
      changes += 1;
      if (changes % replacement.length === 0) generations[slot] = generation + 1;
      const resourceVersion = version(pods + changes + touches);
      return `{"type":"${type}","object":${syntheticPod({ slot, generation, stage, resourceVersion })}}`;
    },
    nextTouch() {
      touches += 1;
      // From the end: those at the beginning are being rolled out.
      const slot = pods - 1 - (touches % Math.ceil(pods / 2));
      const resourceVersion = version(pods + changes + touches);
      const pod = { slot, generation: generations[slot] ?? 1, stage: 'ready', touches, resourceVersion } as const;
      return `{"type":"MODIFIED","object":${syntheticPod(pod)}}`;
    },
    resourceVersion: () => version(pods + changes + touches),
    generationOf: (slot) => generations[slot] ?? 1,
  };
}

function deployment(index: number): object {
  const { namespace, deployment: name } = podNames(index * podsPerDeployment, 1);
  return {
    metadata: {
      name,
      namespace,
      uid: uidOf('deployment', index, 0),
      resourceVersion: String(index + 1),
      creationTimestamp: at(0),
      generation: 1,
    },
    spec: {
      replicas: podsPerDeployment,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: podSpec(name, tagOf(1)) },
    },
    status: { observedGeneration: 1, replicas: podsPerDeployment, readyReplicas: podsPerDeployment, availableReplicas: podsPerDeployment },
  };
}

/** The one in use, and those a Deployment keeps to roll back to. */
function replicaSet(index: number): object {
  const slot = Math.floor(index / (1 + oldRevisions)) * podsPerDeployment;
  const old = index % (1 + oldRevisions);
  const generation = old === 0 ? 1 : 100 + old;
  const { namespace, deployment: app, replicaSet: name, hash } = podNames(slot, generation);
  const owner = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: app,
    uid: uidOf('deployment', slot / podsPerDeployment, 0),
    controller: true,
  };
  return {
    metadata: {
      name,
      namespace,
      uid: uidOf('rs', slot, generation),
      resourceVersion: String(index + 1),
      creationTimestamp: at(0),
      labels: { app, 'pod-template-hash': hash },
      annotations: { 'deployment.kubernetes.io/revision': String(3 - old) },
      ownerReferences: [owner],
    },
    spec: {
      replicas: old === 0 ? podsPerDeployment : 0,
      selector: { matchLabels: { app } },
      template: { metadata: { labels: { app } }, spec: podSpec(app, tagOf(generation)) },
    },
    status: { replicas: old === 0 ? podsPerDeployment : 0 },
  };
}

function node(index: number): object {
  const condition = { type: 'Ready', status: 'True', reason: 'KubeletReady', lastHeartbeatTime: at(0), lastTransitionTime: at(0) };
  const images = Array.from({ length: 50 }, (_, image) => ({
    names: [`registry.example.com/image-${image}@sha256:${'0'.repeat(64)}`],
    sizeBytes: 50_000_000,
  }));
  return {
    metadata: { name: `node-${index}`, uid: uidOf('node', index, 0), resourceVersion: String(index + 1), creationTimestamp: at(0) },
    spec: {},
    status: { conditions: [condition], images },
  };
}

function event(slot: number): object {
  const { name, namespace } = podNames(slot, 1);
  return {
    metadata: {
      name: `${name}.${slot}`,
      namespace,
      uid: uidOf('event', slot, 0),
      resourceVersion: String(slot + 1),
      creationTimestamp: at(2),
    },
    involvedObject: { kind: 'Pod', namespace, name, uid: uidOf('pod', slot, 1), apiVersion: 'v1', fieldPath: 'spec.containers{app}' },
    reason: 'Pulled',
    message: 'Container image "registry.example.com/platform/app:2026-11-02" already present on machine',
    source: { component: 'kubelet', host: `node-${slot % 200}` },
    firstTimestamp: at(2),
    lastTimestamp: at(2),
    count: 1,
    type: 'Normal',
    eventTime: null,
    reportingComponent: 'kubelet',
    reportingInstance: `node-${slot % 200}`,
  };
}
