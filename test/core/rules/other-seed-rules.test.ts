import { describe, expect, test } from 'vitest';
import { at, container, ended, event, pod, running, waiting } from '../../support/build-observations.ts';
import { signsOf } from './signs-of.ts';

describe('create-container-config-error', () => {
  function refused(seconds: number, message: string) {
    return pod(seconds, { phase: 'Pending', containers: [container({ state: waiting('CreateContainerConfigError', message) })] });
  }

  test.each([
    ['secret "payments-db" not found', 'missing-secret'],
    ['configmap "routes" not found', 'missing-configmap'],
    ["couldn't find key FLAGS in ConfigMap shop/api-config", 'missing-key'],
    ['container has runAsNonRoot and image will run as root', 'run-as-non-root'],
    ['something nobody has seen before', 'unexplained'],
  ])('%s is %s', (message, cause) => {
    expect(signsOf([refused(1, message), refused(20, message)]).map((sign) => [sign.symptom, sign.phase, sign.cause, sign.opens])).toEqual([
      ['CreateContainerConfigError', 'container-config', cause, 11],
    ]);
  });

  test('is over when the container starts in the same pod', () => {
    const started = pod(40, { containers: [container({ ready: true, containerID: 'containerd://a', state: running(40) })] });
    expect(signsOf([refused(1, 'secret "a" not found'), started]).map((sign) => sign.until)).toEqual([40]);
  });
});

describe('run-container-error', () => {
  const message =
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/app/run": stat /app/run: no such file or directory';
  const failed = (id: string, seconds: number) => ({
    terminated: { exitCode: 128, reason: 'StartError', message, containerID: id, finishedAt: at(seconds) },
  });

  test('failed starts and the back-off between them are one stretch, open at the second try', () => {
    const signs = signsOf([
      pod(2, {
        containers: [
          container({
            containerID: 'containerd://a',
            state: waiting('RunContainerError', message),
            lastState: failed('containerd://a', 1),
          }),
        ],
      }),
      pod(4, {
        containers: [
          container({
            restartCount: 1,
            containerID: 'containerd://b',
            state: waiting('RunContainerError', message),
            lastState: failed('containerd://b', 3),
          }),
        ],
      }),
      pod(8, {
        containers: [
          container({
            restartCount: 1,
            containerID: 'containerd://b',
            state: waiting('CrashLoopBackOff'),
            lastState: failed('containerd://b', 3),
          }),
        ],
      }),
    ]);
    expect(signs).toEqual([
      {
        rule: 'run-container-error',
        symptom: 'RunContainerError',
        phase: 'container-start',
        cause: 'command-not-found',
        basis: 'observed',
        container: 'app',
        from: 1,
        until: undefined,
        opens: 3,
        deaths: 2,
      },
    ]);
  });
});

describe('liveness-probe-failed', () => {
  const livenessProbe = { httpGet: { path: '/healthz', port: '8080' }, initialDelaySeconds: 5, periodSeconds: 5, failureThreshold: 3 };
  const refused = 'Liveness probe failed: Get "http://10.0.0.9:8080/healthz": dial tcp 10.0.0.9:8080: connect: connection refused';

  function killed(exitCode: number, unhealthy: string, kill = 'Container app failed liveness probe, will be restarted') {
    return [
      pod(25, {
        containers: [
          container({
            livenessProbe,
            ready: true,
            restartCount: 1,
            containerID: 'containerd://b',
            state: running(25),
            lastState: ended('containerd://a', exitCode, 1, 24),
          }),
        ],
      }),
      event(16, { reason: 'Unhealthy', message: unhealthy, count: 3 }),
      event(16, { reason: 'Killing', type: 'Normal', message: kill }),
    ];
  }

  test.each([
    [137, refused, 'slow-boot', 'derived'],
    [143, 'Liveness probe failed: HTTP probe failed with statuscode: 500', 'probe-unhealthy', 'observed'],
    [0, 'Liveness probe failed: HTTP probe failed with statuscode: 404', 'probe-target', 'observed'],
    [
      137,
      'Liveness probe failed: Get "http://10.0.0.9:8080/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      'probe-timeout',
      'observed',
    ],
    [143, 'Liveness probe failed: cat: /tmp/alive: No such file or directory', 'probe-unhealthy', 'observed'],
  ])('exit code %i: %s', (exitCode, unhealthy, cause, basis) => {
    expect(signsOf(killed(exitCode, unhealthy)).map((sign) => [sign.symptom, sign.cause, sign.basis, sign.until])).toEqual([
      ['LivenessProbeFailed', cause, basis, 25],
    ]);
  });

  test('a kill of another attempt is not a probe kill, and a stop of all of the pod is no failure at all', () => {
    const late = killed(137, refused).map((item) =>
      item.kind === 'event'
        ? event(90, { reason: 'Killing', type: 'Normal', message: 'Container app failed liveness probe, will be restarted', uid: item.uid })
        : item,
    );
    expect(signsOf(late).map((sign) => sign.symptom)).toEqual(['Error']);
    expect(signsOf(killed(137, refused, 'Stopping container app'))).toEqual([]);
  });
});

describe('pending', () => {
  function unscheduled(seconds: number, message: string, reason = 'Unschedulable') {
    const { node: _, ...state } = pod(seconds, {
      phase: 'Pending',
      containers: [],
      conditions: [{ type: 'PodScheduled', status: 'False', reason, message, lastTransitionTime: at(1) }],
    });
    return state;
  }

  test.each([
    [
      '0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
      'insufficient-cpu',
    ],
    [
      "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
      'node-selector',
    ],
    ['0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.', 'pvc-unbound'],
  ])('%s', (message, cause) => {
    expect(signsOf([unscheduled(2, message)]).map((sign) => [sign.symptom, sign.phase, sign.cause, sign.from, sign.opens])).toEqual([
      ['Pending', 'scheduling', cause, 1, 31],
    ]);
  });

  test('half a minute is patience, and a scheduling gate is nothing of the scheduler', () => {
    expect(signsOf([unscheduled(2, '0/1 nodes are available: 1 Insufficient cpu.')], 20).map((sign) => sign.opens)).toEqual([undefined]);
    const gated = unscheduled(2, 'Scheduling is blocked due to non-empty scheduling gates', 'SchedulingGated');
    expect(signsOf([gated]).map((sign) => sign.rule)).toEqual(['scheduling-gated']);
  });

  test('a pod that is Pending because its image does not pull is not unscheduled', () => {
    const pulling = pod(2, { phase: 'Pending', containers: [container({ state: waiting('ErrImagePull', 'manifest unknown') })] });
    expect(signsOf([pulling]).map((sign) => sign.symptom)).toEqual(['ImagePullBackOff']);
  });
});
