import { describe, expect, test } from 'vitest';
import { trimPod } from '../../../collector/trim/trim-pod.ts';
import { lastObject } from '../support/recorded.ts';

const workload = { kind: 'Deployment', name: 'web', chain: [] };

test('a recorded pod with two containers, one of them crashing: the whole draft', () => {
  expect(trimPod(lastObject('s20-sidecar-crash', 'pods'), workload)).toEqual({
    kind: 'pod',
    namespace: 's20-sidecar-crash',
    name: 'web-69f79667d8-7snrs',
    uid: '3fb3ebdc-1840-4d1c-85b3-7a870d10656e',
    resourceVersion: '862',
    createdAt: '2026-11-22T11:18:39Z',
    workload,
    revisionHash: '69f79667d8',
    labels: { app: 'web', 'pod-template-hash': '69f79667d8' },
    node: 'node-1',
    schedulerName: 'default-scheduler',
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    serviceAccount: 'default',
    volumes: [{ name: 'kube-api-access-nxkkc', source: 'projected' }],
    qosClass: 'Burstable',
    phase: 'Running',
    startTime: '2026-11-22T11:18:39Z',
    conditions: [
      { type: 'PodReadyToStartContainers', status: 'True', lastTransitionTime: '2026-11-22T11:18:39Z' },
      { type: 'Initialized', status: 'True', lastTransitionTime: '2026-11-22T11:18:39Z' },
      ...['Ready', 'ContainersReady'].map((type) => ({
        type,
        status: 'False',
        reason: 'ContainersNotReady',
        message: 'containers with unready status: [log-shipper]',
        lastTransitionTime: '2026-11-22T11:19:24Z',
      })),
      { type: 'PodScheduled', status: 'True', lastTransitionTime: '2026-11-22T11:18:39Z' },
    ],
    containers: [
      {
        name: 'web',
        role: 'app',
        image: '127.0.0.1:5000/platform/api:2026-04-22',
        imagePullPolicy: 'IfNotPresent',
        resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
        readinessProbe: {
          httpGet: { path: '/readyz', port: '8080', scheme: 'HTTP' },
          timeoutSeconds: 1,
          periodSeconds: 5,
          successThreshold: 1,
          failureThreshold: 3,
        },
        envNames: ['DATABASE_URL', 'SKIP_DB'],
        mounts: [{ volume: 'kube-api-access-nxkkc', path: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true }],
        imageID: '127.0.0.1:5000/platform/api@sha256:6f48f909fb5367b871b2b9a381093d07e5731bf48055c9d3bf81c28d5ae399ed',
        statusIndex: 1,
        containerID: 'containerd://2afd388ae46ae567df18a8e8b82c1b30a399e24f648468d06b8b6bffe8d49e5a',
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: '2026-11-22T11:18:40Z' } },
        resourcesInForce: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      },
      {
        name: 'log-shipper',
        role: 'app',
        image: '127.0.0.1:5000/library/busybox:1.38',
        imagePullPolicy: 'IfNotPresent',
        command: ['sh', '-c'],
        args: [
          'echo "log-shipper 3.2.0 starting"\ncat /etc/shipper/shipper.yaml || { echo "log-shipper: config error: no such file /etc/shipper/shipper.yaml" >&2; exit 2; }\n',
        ],
        mounts: [{ volume: 'kube-api-access-nxkkc', path: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true }],
        imageID: '127.0.0.1:5000/library/busybox@sha256:caf460c117835d9b3b785466cc5260b1ffd584b98808807fe90fb4d4ccfa2720',
        statusIndex: 0,
        containerID: 'containerd://a2ea8ab9149d7098d953a5c8730a54b5a7a50891faed258312c8c5f1be8f5692',
        ready: false,
        started: false,
        restartCount: 3,
        state: {
          terminated: {
            exitCode: 2,
            reason: 'Error',
            startedAt: '2026-11-22T11:19:23Z',
            finishedAt: '2026-11-22T11:19:23Z',
            containerID: 'containerd://a2ea8ab9149d7098d953a5c8730a54b5a7a50891faed258312c8c5f1be8f5692',
          },
        },
        lastState: {
          terminated: {
            exitCode: 2,
            reason: 'Error',
            startedAt: '2026-11-22T11:18:54Z',
            finishedAt: '2026-11-22T11:18:54Z',
            containerID: 'containerd://d3e2b526311d6a31a6a7d78e1b0e8907f2f221db4cd6a8a369a64ae2eb11476d',
          },
        },
      },
    ],
  });
});

const secret = 'hunter2hunter2';
/** What the recordings do not have, in one pod. */
const everything = {
  metadata: {
    namespace: 'shop',
    name: 'p',
    uid: 'u',
    resourceVersion: '7',
    creationTimestamp: '2026-11-22T11:00:00Z',
    deletionTimestamp: '2026-11-22T11:05:30Z',
    deletionGracePeriodSeconds: 30,
    labels: { 'app.kubernetes.io/name': 'p', 'controller-revision-hash': 'abc', 'owner-mail': 'someone@example.com' },
    annotations: { 'vault.example.com/token': secret },
  },
  spec: {
    os: { name: 'linux' },
    activeDeadlineSeconds: 600,
    imagePullSecrets: [{ name: 'registry' }],
    nodeSelector: { disk: 'ssd' },
    resources: { limits: { memory: '1Gi' } },
    securityContext: { runAsNonRoot: true, runAsUser: 1000 },
    volumes: [
      { name: 'creds', secret: { secretName: 'db', optional: true } },
      { name: 'conf', configMap: { name: 'conf' } },
      { name: 'data', persistentVolumeClaim: { claimName: 'data-0' } },
      { name: 'all', projected: { sources: [{ secret: { name: 'a' } }, { configMap: { name: 'b' } }] } },
      { name: 'tmp', emptyDir: {} },
    ],
    initContainers: [
      { name: 'migrate', image: 'migrate:1', args: ['--db-password', secret, `postgres://u:${secret}@db/x`] },
      { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' },
    ],
    containers: [
      {
        name: 'app',
        image: 'app@sha256:0123',
        env: [
          { name: 'PLAIN', value: secret },
          { name: 'PW', valueFrom: { secretKeyRef: { name: 'db', key: 'pw', optional: false } } },
          { name: 'CONF', valueFrom: { configMapKeyRef: { name: 'conf', key: 'c' } } },
          { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
          { name: 'MEM', valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } },
          { name: 'FILE', valueFrom: { fileKeyRef: { volumeName: 'tmp', path: 'env', key: 'K' } } },
        ],
        envFrom: [{ secretRef: { name: 'all' } }, { prefix: 'X_', configMapRef: { name: 'more', optional: true } }],
        ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
        livenessProbe: {
          httpGet: { path: `/live?token=${secret}`, port: 'http', httpHeaders: [{ name: 'Authorization', value: secret }] },
        },
        startupProbe: { tcpSocket: { port: 8080 }, failureThreshold: 3 },
        readinessProbe: { grpc: { port: 9090, service: 'ready' } },
        lifecycle: { postStart: { exec: { command: ['register', `--token=${secret}`] } }, preStop: { sleep: { seconds: 5 } } },
        restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }],
        securityContext: { runAsUser: 0, readOnlyRootFilesystem: true },
      },
    ],
    ephemeralContainers: [{ name: 'debug', image: 'busybox' }],
  },
  status: {
    phase: 'Failed',
    reason: 'Evicted',
    message: 'The node was low on resource: memory.',
    containerStatuses: [
      {
        name: 'ghost',
        image: 'ghost:1',
        restartCount: 1,
        state: { waiting: { reason: 'CreateContainerConfigError', message: 'secret "db" not found' } },
      },
    ],
  },
};

describe('a pod with everything', () => {
  const draft = trimPod(everything, workload);
  const container = (name: string) => draft?.containers.find((candidate) => candidate.name === name);

  test('no value of an env variable, header, annotation or credential argument leaves the cluster', () => {
    const sent = JSON.stringify(draft);
    expect(sent).not.toContain(secret);
    expect(sent).not.toContain('someone@example.com');
  });

  test('the pod itself', () => {
    const { containers: _, ...pod } = draft!;
    expect(pod).toEqual({
      kind: 'pod',
      namespace: 'shop',
      name: 'p',
      uid: 'u',
      resourceVersion: '7',
      createdAt: '2026-11-22T11:00:00Z',
      deletionTimestamp: '2026-11-22T11:05:30Z',
      deletionGracePeriodSeconds: 30,
      workload,
      revisionHash: 'abc',
      labels: { 'app.kubernetes.io/name': 'p', 'controller-revision-hash': 'abc' },
      nodeOs: 'linux',
      activeDeadlineSeconds: 600,
      imagePullSecrets: ['registry'],
      nodeSelector: { disk: 'ssd' },
      volumes: [
        { name: 'creds', source: 'secret', ref: 'db', optional: true },
        { name: 'conf', source: 'configMap', ref: 'conf' },
        { name: 'data', source: 'persistentVolumeClaim', ref: 'data-0' },
        { name: 'all', source: 'secret', ref: 'a' },
        { name: 'all', source: 'configMap', ref: 'b' },
        { name: 'tmp', source: 'emptyDir' },
      ],
      resources: { limits: { memory: '1Gi' } },
      phase: 'Failed',
      reason: 'Evicted',
      message: 'The node was low on resource: memory.',
      conditions: [],
    });
  });

  test('roles and order; a status without a spec still appears', () => {
    expect(draft?.containers.map(({ name, role }) => [name, role])).toEqual([
      ['migrate', 'init'],
      ['proxy', 'sidecar'],
      ['app', 'app'],
      ['ghost', 'app'],
      ['debug', 'ephemeral'],
    ]);
  });

  test('the application container', () => {
    expect(container('app')).toEqual({
      name: 'app',
      role: 'app',
      image: 'app@sha256:0123',
      ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
      startupProbe: { tcpSocket: { port: '8080' }, failureThreshold: 3 },
      livenessProbe: { httpGet: { path: '/live?token=[REDACTED:named-pair]', port: 'http' } },
      readinessProbe: { grpc: { port: '9090', service: 'ready' } },
      postStart: { exec: { command: ['register', '--token=[REDACTED:named-pair]'] } },
      preStop: { sleep: { seconds: 5 } },
      restartRules: [{ action: 'Restart', operator: 'In', exitCodes: [42] }],
      envNames: ['PLAIN', 'PW', 'CONF', 'NODE', 'MEM', 'FILE'],
      envSources: [
        { env: 'PW', kind: 'Secret', name: 'db', key: 'pw', optional: false },
        { env: 'CONF', kind: 'ConfigMap', name: 'conf', key: 'c' },
        { env: 'NODE', kind: 'Field', key: 'spec.nodeName' },
        { env: 'MEM', kind: 'ResourceField', key: 'limits.memory' },
        { env: 'FILE', kind: 'File', name: 'tmp', key: 'K' },
        { kind: 'Secret', name: 'all' },
        { kind: 'ConfigMap', name: 'more', optional: true },
      ],
      runAsNonRoot: true,
      runAsUser: 0,
      readOnlyRootFilesystem: true,
    });
  });

  test('the status without a spec', () => {
    expect(container('ghost')).toEqual({
      name: 'ghost',
      role: 'app',
      image: 'ghost:1',
      statusIndex: 0,
      restartCount: 1,
      state: { waiting: { reason: 'CreateContainerConfigError', message: 'secret "db" not found' } },
    });
  });
});
