import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContainerState } from '#core/wire/container.ts';
import type { Observation } from '#core/wire/observation.ts';
import { node } from '../../support/build-cluster-observations.ts';
import { at, container, event, pod, replicaSet, running } from '../../support/build-observations.ts';
import { primaryOf } from './signs-of.ts';

const seconds = fc.integer({ min: -100, max: 2000 });
const words = fc.constantFrom(
  'Evicted',
  'Error',
  'OOMKilled',
  'CrashLoopBackOff',
  'ContainerCreating',
  'ErrImagePull',
  'PostStartHookError',
  'StartError',
  'NodeLost',
  'DeadlineExceeded',
  'Killing',
  'FailedMount',
  'FailedScheduling',
  'Unhealthy',
  'FailedCreatePodSandBox',
  '',
  'Stopping container app',
  'Container app failed liveness probe, will be restarted',
  'Readiness probe failed: HTTP probe failed with statuscode: 503',
  'MountVolume.SetUp failed for volume "v" : secret "s" not found',
);
const text = fc.oneof(words, fc.string({ maxLength: 60 }));

const state: fc.Arbitrary<ContainerState> = fc.oneof(
  fc.record({ waiting: fc.record({ reason: text, message: text }) }),
  seconds.map((from) => running(from)),
  fc
    .record({
      exitCode: fc.constantFrom(0, 1, 2, 137, 143, 255, -1, -1_073_741_510),
      reason: text,
      from: seconds,
      to: seconds,
      id: fc.constantFrom('a', 'b', undefined),
    })
    .map(({ exitCode, reason, from, to, id }) => ({
      terminated: {
        exitCode,
        reason,
        startedAt: at(from),
        finishedAt: at(to),
        ...(id === undefined ? {} : { containerID: `containerd://${id}` }),
      },
    })),
);

const status = fc
  .record({
    role: fc.constantFrom('init' as const, 'sidecar' as const, 'app' as const, 'ephemeral' as const),
    state,
    lastState: state,
    ready: fc.boolean(),
    started: fc.boolean(),
    restartCount: fc.nat(5),
  })
  .map((fields) => container({ ...fields, readinessProbe: { tcpSocket: { port: '80' } }, livenessProbe: { tcpSocket: { port: 'web' } } }));

const condition = fc.record({
  type: fc.constantFrom(
    'Ready',
    'ContainersReady',
    'PodScheduled',
    'DisruptionTarget',
    'PodReadyToStartContainers',
    'Failed',
    'Complete',
    'ReplicaFailure',
  ),
  status: fc.constantFrom('True', 'False', 'Unknown'),
  reason: text,
  message: text,
  lastTransitionTime: seconds.map(at),
});

const owner = fc
  .record({ when: seconds, conditions: fc.array(condition, { maxLength: 2 }), wanted: fc.nat(2), isJob: fc.boolean() })
  .map(({ when, conditions, wanted, isJob }): Observation =>
    replicaSet(when, { conditions, replicas: { wanted, current: 0 }, ...(isJob ? { objectKind: 'Job' } : {}) }),
  );

const nodeState = fc
  .record({ when: seconds, conditions: fc.array(condition, { maxLength: 2 }) })
  .map(({ when, conditions }): Observation => node(when, String(when + 1000), { conditions }));

const podState = fc
  .record({
    when: seconds,
    conditions: fc.array(condition, { maxLength: 3 }),
    containers: fc.array(status, { maxLength: 2 }),
    phase: fc.constantFrom('Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'),
    reason: text,
    deleted: fc.boolean(),
    going: fc.option(seconds),
  })
  .map(({ when, conditions, containers, phase, reason, deleted, going }): Observation =>
    pod(when, {
      conditions,
      phase,
      reason,
      message: reason,
      containers: containers.map((item, index) => ({ ...item, name: `app${index}` })),
      ...(deleted ? { deleted } : {}),
      ...(going === null ? {} : { deletionTimestamp: at(going), deletionGracePeriodSeconds: 30 }),
    }),
  );

const podEvent = fc
  .record({ when: seconds, reason: text, message: text, count: fc.integer({ min: 1, max: 40 }) })
  .map(({ when, reason, message, count }): Observation =>
    event(when, { uid: `e-${reason}-${message}`, reason, message, count, source: { component: 'kubelet' } }),
  );

const history = fc.array(fc.oneof(podState, podState, podEvent, podEvent, owner, nodeState), { minLength: 1, maxLength: 8 });

describe('whatever is observed', () => {
  test('no rule throws, and every sign has evidence, an order of times and a summary', () => {
    fc.assert(
      fc.property(history, (observations) => {
        for (const sign of primaryOf(observations, { now: 2500 })) {
          expect(sign.evidence[0].id).toMatch(/^EV-/);
          expect(sign.from).toBeLessThanOrEqual(sign.lastAt);
          expect(sign.until ?? Infinity).toBeGreaterThanOrEqual(sign.from);
          expect(sign.opensAt ?? sign.from).toBeGreaterThanOrEqual(sign.from);
          expect(sign.summary).not.toContain('undefined');
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a healthy pod and an event beside it change nothing', () => {
    const beside = [
      pod(1, {
        uid: 'pod-9',
        node: 'node-2',
        workload: { kind: 'Deployment', name: 'api', chain: [{ kind: 'ReplicaSet', name: 'api-old', uid: 'rs-0' }] },
        name: 'api-7d9f-other',
        containers: [container({ ready: true, containerID: 'containerd://z', state: running(0) })],
      }),
      event(2, {
        reason: 'Pulled',
        type: 'Normal',
        message: 'Container image already present on machine',
        involvedObject: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-other', uid: 'pod-9' },
      }),
    ];
    fc.assert(
      fc.property(history, (observations) => {
        expect(primaryOf([...observations, ...beside], { now: 2500 })).toEqual(primaryOf(observations, { now: 2500 }));
      }),
      { numRuns: 150 },
    );
  });

  test('the order of arrival and repetitions change nothing', () => {
    fc.assert(
      fc.property(history, (observations) => {
        expect(primaryOf([...observations.toReversed(), ...observations], { now: 2500 })).toEqual(primaryOf(observations, { now: 2500 }));
      }),
      { numRuns: 150 },
    );
  });
});
