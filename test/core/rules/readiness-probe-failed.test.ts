import { describe, expect, test } from 'vitest';
import type { ContainerStatus } from '#core/wire/container.ts';
import { at, container, ended, event, instant, log, pod, running, waiting } from '../../support/build-observations.ts';
import { primaryOf, signsOf, toldOf } from './signs-of.ts';

const readinessProbe = { httpGet: { path: '/readyz', port: '8080' }, periodSeconds: 5, failureThreshold: 3 };

function runs(seconds: number, fields: Partial<ContainerStatus> = {}, { id = 'containerd://a', skew = 0 } = {}) {
  return pod(seconds, {
    conditions: [{ type: 'Ready', status: fields.ready === true ? 'True' : 'False', lastTransitionTime: at(1 + skew) }],
    containers: [container({ readinessProbe, containerID: id, state: running(2), ...fields })],
  });
}

const unhealthy = (output: string, seconds = 40, first = 5) =>
  event(seconds, { reason: 'Unhealthy', message: `Readiness probe failed: ${output}`, count: 8, firstTimestamp: at(first) });

describe('readiness-probe-failed', () => {
  test('what was never ready counts from its start, and opens after half a minute', () => {
    const signs = signsOf([runs(3), unhealthy('HTTP probe failed with statuscode: 503'), runs(90, { ready: true })]);
    expect(signs).toEqual([
      {
        rule: 'readiness-probe-failed',
        symptom: 'ReadinessProbeFailed',
        phase: 'startup',
        cause: 'probe-unhealthy',
        basis: 'observed',
        container: 'app',
        from: 2,
        until: 90,
        opens: 32,
        deaths: 0,
      },
    ]);
  });

  test.each([
    ['behind', -45],
    ['ahead', 45],
  ])('trap 55: a node whose clock is %s opens nothing early, and hides nothing', (_, skew) => {
    const seen = (from: number, fields: Partial<ContainerStatus> = {}) => runs(from, { state: running(2 + skew), ...fields }, { skew });
    const failed = (seconds: number) => unhealthy('HTTP probe failed with statuscode: 503', seconds + skew, 5 + skew);
    expect(toldOf([seen(3), failed(12), seen(20, { ready: true })], { now: 25 })).toEqual([]);
    expect(toldOf([seen(3), failed(12)], { now: 20 })).toEqual([]);
    expect(toldOf([seen(3), failed(12)], { now: 34 })).toEqual(['ReadinessProbeFailed startup probe-unhealthy app']);
    expect(primaryOf([seen(3), failed(33)], { now: 34 })[0]).toMatchObject({ from: Math.min(instant(2 + skew), instant(3)) });
  });

  test('what was ready counts from when it stopped being so, and was running', () => {
    const observations = [
      runs(3, { ready: true }),
      runs(500),
      unhealthy('Get "http://10.0.0.9:8080/readyz": context deadline exceeded', 540),
    ];
    expect(signsOf(observations).map((sign) => [sign.phase, sign.cause, sign.from, sign.opens])).toEqual([
      ['running', 'probe-timeout', 500, 530],
    ]);
  });

  test.each([
    ['an answer with an error', 'HTTP probe failed with statuscode: 500', 'probe-unhealthy'],
    ['an answer of another path', 'HTTP probe failed with statuscode: 404', 'probe-target'],
    ['the other scheme', 'Get "https://10.0.0.9:8080/readyz": http: server gave HTTP response to HTTPS client', 'probe-target'],
    [
      'gRPC without the health service',
      'error: this server does not implement the grpc health protocol (grpc.health.v1.Health): unknown service',
      'probe-unhealthy',
    ],
    ['nobody listens', 'dial tcp 10.0.0.9:8080: connect: connection refused', 'slow-boot'],
    ['a command', 'psql: error: could not connect', 'probe-unhealthy'],
  ])('%s', (_, output, cause) => {
    expect(toldOf([runs(3), unhealthy(output)])).toEqual([`ReadinessProbeFailed startup ${cause} app`]);
  });

  test('a log that complains of somebody else says whose failure the probe passes on', () => {
    const text = 'ready check failed: dial tcp: lookup payments-gateway on 10.96.0.10:53: no such host\n'.repeat(4);
    expect(
      toldOf([runs(3), unhealthy('HTTP probe failed with statuscode: 503'), log(40, 'containerd://a', text, { final: false })]),
    ).toEqual(['ReadinessProbeFailed startup probe-dependency app']);
  });

  test('trap 76: a probe that cannot be asked leaves the container unready for ever without one failed event', () => {
    for (const message of [
      'Readiness probe errored: strconv.Atoi: parsing "web"',
      'Readiness probe errored and resulted in unknown state: no port named web',
    ]) {
      expect(toldOf([runs(3), event(40, { reason: 'Unhealthy', message })])).toEqual(['ReadinessProbeFailed startup probe-error app']);
    }
  });

  test('trap 22: Running is not ready, and no event is needed to see it', () => {
    expect(toldOf([runs(3)])).toEqual(['ReadinessProbeFailed startup unexplained app']);
  });
});

describe('what is not ready and no failure', () => {
  test('a start that takes its time, with warnings', () => {
    expect(toldOf([runs(3), unhealthy('connection refused', 20), runs(31, { ready: true })])).toEqual([]);
  });

  test('a probe that asks only after a delay', () => {
    const slow = { readinessProbe: { ...readinessProbe, initialDelaySeconds: 60 } };
    expect(toldOf([runs(3, slow), runs(80, { ...slow, ready: true })])).toEqual([]);
    expect(signsOf([runs(3, slow)]).map((sign) => sign.opens)).toEqual([92]);
  });

  test('a startup probe holds the readiness probe back until it has passed', () => {
    const held = { startupProbe: { tcpSocket: { port: '8080' } }, started: false };
    expect(toldOf([runs(3, held)])).toEqual([]);
    expect(signsOf([runs(3, held), runs(100, { ...held, started: true })]).map((sign) => [sign.from, sign.opens])).toEqual([[100, 130]]);
  });

  test('a container without a readiness probe, or of a pod with unmet readiness gates', () => {
    expect(toldOf([pod(3, { containers: [container({ containerID: 'containerd://a', state: running(2) })] })])).toEqual([]);
    const gated = pod(3, {
      conditions: [{ type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady' }],
      containers: [container({ readinessProbe, ready: true, containerID: 'containerd://a', state: running(2) })],
    });
    expect(toldOf([gated])).toEqual([]);
  });

  test('trap 75: a pod that is being stopped', () => {
    const stopping = { deletionTimestamp: at(160), deletionGracePeriodSeconds: 60 };
    const gone = pod(158, { deleted: true });
    expect(toldOf([runs(3, { ready: true }), { ...runs(101), ...stopping }, unhealthy('connection refused', 150), gone])).toEqual([]);
  });

  test('not being ready between two deaths belongs to the deaths', () => {
    const crashed = pod(60, {
      containers: [
        container({
          readinessProbe,
          containerID: 'containerd://a',
          restartCount: 1,
          state: waiting('CrashLoopBackOff'),
          lastState: ended('containerd://a', 1, 2, 59),
        }),
      ],
    });
    expect(toldOf([runs(3), crashed])).toEqual(['CrashLoopBackOff startup unknown-app-exit app']);
  });

  test('a probe that warns of a redirect counts as passed', () => {
    const warning = event(20, { reason: 'ProbeWarning', message: 'Readiness probe warning: Probe terminated redirects, Response body: ' });
    expect(toldOf([runs(3, { ready: true }), warning])).toEqual([]);
  });
});

describe('in a single look', () => {
  test('what can be measured is, and what cannot counts as having lasted', () => {
    expect(toldOf([runs(3)], { snapshot: true, now: 20 })).toEqual([]);
    expect(toldOf([runs(3)], { snapshot: true, now: 40 })).toEqual(['ReadinessProbeFailed startup unexplained app']);
    expect(toldOf([runs(3)], { snapshot: true, now: 3 })).toEqual(['ReadinessProbeFailed startup unexplained app']);
  });

  test('the condition of the pod tells since when', () => {
    const state = { ...runs(500), conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: at(400) }] };
    expect(primaryOf([state], { snapshot: true, now: 600 }).map((sign) => sign.from)).toEqual([instant(400)]);
  });
});
