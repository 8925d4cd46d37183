import { describe, expect, test } from 'vitest';
import type { ContainerStatus } from '#core/wire/container.ts';
import { at, container, ended, event, log, pod, running } from '../../support/build-observations.ts';
import { primaryOf, toldOf } from './signs-of.ts';

const spec = { httpGet: { path: '/healthz', port: '8080' }, periodSeconds: 10, failureThreshold: 3 };
const refused = 'dial tcp 10.0.0.9:8080: connect: connection refused';

/** A container that was restarted at 61, after an attempt from 2 to `to`. */
function restarted(exitCode: number, fields: Partial<ContainerStatus> = {}, to = 60) {
  return pod(to + 1, {
    containers: [
      container({
        livenessProbe: spec,
        ready: true,
        restartCount: 1,
        containerID: 'containerd://b',
        state: running(to + 1),
        lastState: ended('containerd://a', exitCode, 2, to),
        ...fields,
      }),
    ],
  });
}

function unhealthy(probe: string, output: string, { to = 50, count = 3 } = {}) {
  return event(to, {
    uid: `u-${probe}-${output}`,
    reason: 'Unhealthy',
    message: `${probe} probe failed: ${output}`,
    count,
    firstTimestamp: at(to - 20),
  });
}

describe('liveness-probe-failed and startup-probe-failed, by the event of the kill', () => {
  test.each([
    ['today', 'Container app failed startup probe, will be restarted', 'StartupProbeFailed startup slow-boot app'],
    ['where the policy forbids a restart', 'Container app failed startup probe', 'StartupProbeFailed startup slow-boot app'],
    [
      'in an old kubelet',
      'Killing container with id docker://app:Container failed startup probe.. Container will be killed and recreated.',
      'StartupProbeFailed startup slow-boot app',
    ],
    ['liveness today', 'Container app failed liveness probe, will be restarted', 'LivenessProbeFailed running probe-unhealthy app'],
    [
      'liveness in an old kubelet',
      'Killing container with id docker://app:Container failed liveness probe.. Container will be killed and recreated.',
      'LivenessProbeFailed running probe-unhealthy app',
    ],
  ])('%s', (_, message, told) => {
    const state = restarted(137, { startupProbe: spec });
    const failures = [unhealthy('Startup', refused, { count: 1 }), unhealthy('Liveness', refused, { count: 1 })];
    expect(toldOf([state, ...failures, event(50, { reason: 'Killing', type: 'Normal', message })])).toEqual([told]);
  });

  test.each([
    ['of another container', 'Container log failed startup probe, will be restarted'],
    ['that only begins so', 'Container app failed startup probe because of the moon'],
  ])('not by an event %s', (_, message) => {
    expect(toldOf([restarted(1), event(50, { reason: 'Killing', type: 'Normal', message })])).toEqual([
      'Error running unknown-app-exit app',
    ]);
  });
});

test('the budget of the probe and the age of the attempt stand beside the words of the kubelet, not inside them', () => {
  const killing = event(50, { reason: 'Killing', type: 'Normal', message: 'Container app failed liveness probe, will be restarted' });
  expect(primaryOf([restarted(137), unhealthy('Liveness', refused), killing]).map(({ detail, quote }) => ({ detail, quote }))).toEqual([
    { detail: 'GET /healthz on port 8080; 0 s delay + 3 × 10 s = 30 s allowed, instance 0 lived 58 s', quote: refused },
  ]);
});

describe('trap 49: the spam filter swallowed the event of the kill', () => {
  test.each([
    ['a process that ignores SIGTERM', 137],
    ['one that follows it', 143],
    ['one that ends well on it', 0],
  ])('%s', (_, exitCode) => {
    expect(
      primaryOf([restarted(exitCode), unhealthy('Liveness', 'HTTP probe failed with statuscode: 500')]).map(({ symptom, cause, basis }) => [
        symptom,
        cause,
        basis,
      ]),
    ).toEqual([['LivenessProbeFailed', 'probe-unhealthy', 'derived']]);
  });

  test('a startup probe that never passed', () => {
    const state = restarted(137, { startupProbe: spec, livenessProbe: spec });
    expect(toldOf([state, unhealthy('Startup', refused)])).toEqual(['StartupProbeFailed startup slow-boot app']);
  });

  test('failures with two texts count together', () => {
    const mixed = [
      unhealthy('Liveness', refused, { to: 40, count: 1 }),
      unhealthy('Liveness', 'context deadline exceeded', { to: 50, count: 2 }),
    ];
    expect(toldOf([restarted(137), ...mixed]).map((told) => told.split(' ')[0])).toEqual(['LivenessProbeFailed']);
  });
});

describe('what a failed probe does not prove', () => {
  const errors = [
    ['too few failures for a kill', [restarted(137), unhealthy('Liveness', refused, { count: 2 })]],
    ['an exit code that no kill gives', [restarted(1), unhealthy('Liveness', refused)]],
    ['an attempt too short for the threshold', [restarted(137, {}, 15), unhealthy('Liveness', refused, { to: 14 })]],
    ['failures long before the end', [restarted(137, {}, 400), unhealthy('Liveness', refused, { to: 50 })]],
    [
      'trap 76: results that the kubelet drops',
      [restarted(137), event(50, { reason: 'Unhealthy', message: 'Liveness probe errored: rpc error', count: 9 })],
    ],
    ['a probe of another kind, which kills nothing', [restarted(137), unhealthy('Readiness', refused)]],
  ] as const;

  test.each(errors)('%s', (_, observations) => {
    expect(toldOf(observations).map((told) => told.split(' ')[0])).toEqual(['Error']);
  });

  test('trap 74: the process died of itself, and the probe merely noticed', () => {
    const panic = log(60, 'containerd://a', 'fatal error: runtime: out of memory\n\ngoroutine 1 [running]:\n');
    expect(toldOf([restarted(137), unhealthy('Liveness', refused), panic])).toEqual(['Error running oom-in-app-heap app']);
  });

  test('an OOM kill explains the probe that failed before it', () => {
    const state = restarted(137, {
      lastState: ended('containerd://a', 137, 2, 60, 'OOMKilled'),
      resources: { limits: { memory: '64Mi' } },
    });
    expect(toldOf([state, unhealthy('Liveness', refused)])).toEqual(['OOMKilled running oom-container-limit app']);
  });
});

describe('probe-target: the log or the declared ports show that it listens elsewhere', () => {
  const kill = event(50, { reason: 'Killing', type: 'Normal', message: 'Container app failed liveness probe, will be restarted' });
  const observations = (fields: Partial<ContainerStatus>, text?: string) => [
    restarted(143, fields),
    unhealthy('Liveness', refused),
    kill,
    ...(text === undefined ? [] : [log(61, 'containerd://a', text)]),
  ];
  const causeOf = (fields: Partial<ContainerStatus>, text?: string) => primaryOf(observations(fields, text)).map((sign) => sign.cause);

  test('the log names another port', () => {
    expect(causeOf({}, '{"msg":"listening","port":9090}\n{"msg":"SIGTERM received"}')).toEqual(['probe-target']);
  });

  test('the log names the port, whatever is declared', () => {
    expect(causeOf({ ports: [{ containerPort: 9090 }] }, 'Server listening on :8080\n')).toEqual(['slow-boot']);
  });

  test('only the loopback address answers', () => {
    expect(causeOf({}, 'Uvicorn running on http://127.0.0.1:8080\n')).toEqual(['probe-target']);
  });

  test('the container declares other ports', () => {
    expect(causeOf({ ports: [{ containerPort: 9090 }] })).toEqual(['probe-target']);
    expect(causeOf({ ports: [{ containerPort: 8080 }] })).toEqual(['slow-boot']);
  });

  test('a probe by the name of a port means its number', () => {
    const named = { livenessProbe: { ...spec, httpGet: { path: '/', port: 'web' } }, ports: [{ name: 'web', containerPort: 8080 }] };
    expect(causeOf(named, 'listening on :9090')).toEqual(['probe-target']);
    expect(causeOf(named, 'listening on :8080')).toEqual(['slow-boot']);
  });

  test('without such a sign a refused connection is a slow boot, or a dependency that the log complains of', () => {
    expect(causeOf({}, 'migrating table 3 of 900\n')).toEqual(['slow-boot']);
    expect(causeOf({}, 'Error: connect ECONNREFUSED 10.0.0.7:5432\nretrying\n')).toEqual(['probe-dependency']);
  });
});

test('trap 51: a combined event takes the container from its message, not from its field path', () => {
  const combined = event(50, {
    reason: 'Unhealthy',
    message: '(combined from similar events): Liveness probe failed: container app is gone',
    involvedObject: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-abcde', uid: 'pod-1', fieldPath: 'spec.containers{proxy}' },
    count: 30,
    firstTimestamp: at(10),
  });
  const state = restarted(137);
  const two = {
    ...state,
    containers: [
      ...state.containers,
      container({ name: 'proxy', statusIndex: 1, ready: true, containerID: 'containerd://p', state: running(1) }),
    ],
  };
  expect(toldOf([two, combined])).toEqual(['LivenessProbeFailed running probe-unhealthy app']);
});
