import { describe, expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import { at, container, deployment, ended, event, pod, replicaSet, running, waiting } from '../../support/build-observations.ts';
import { toldOf } from './signs-of.ts';

const readinessProbe = { httpGet: { path: '/', port: '8080' }, periodSeconds: 5 };
const probed = (fields: Parameters<typeof container>[0] = {}) => container({ readinessProbe, containerID: 'containerd://a', ...fields });

/** Everything that a healthy pod goes through, from its creation to being ready. */
function starts(from: number, uid: string, { slow = 10 } = {}): Observation[] {
  const own = { uid, name: `api-7d9f-${uid}`, createdAt: at(from), startTime: at(from) };
  const { node: _, ...unscheduled } = pod(from, { ...own, phase: 'Pending', containers: [container()], conditions: [] });
  const involvedObject = { kind: 'Pod', namespace: 'shop', name: own.name, uid };
  return [
    unscheduled,
    pod(from + 0.1, {
      ...own,
      phase: 'Pending',
      containers: [container()],
      conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: at(from) }],
    }),
    event(from + 1, {
      uid: `m-${uid}`,
      reason: 'FailedMount',
      message: 'MountVolume.SetUp failed for volume "conf" : failed to sync configmap cache: timed out waiting for the condition',
      involvedObject,
    }),
    pod(from + 1, { ...own, phase: 'Pending', containers: [probed({ state: waiting('ContainerCreating') })] }),
    pod(from + 3, { ...own, containers: [probed({ containerID: `containerd://${uid}`, state: running(from + 3) })] }),
    event(from + 4, {
      uid: `r-${uid}`,
      reason: 'Unhealthy',
      message: 'Readiness probe failed: Get "http://10.0.0.9:8080/": dial tcp 10.0.0.9:8080: connect: connection refused',
      count: 2,
      involvedObject: { ...involvedObject, fieldPath: 'spec.containers{app}' },
    }),
    pod(from + slow, { ...own, containers: [probed({ ready: true, containerID: `containerd://${uid}`, state: running(from + 3) })] }),
  ];
}

/** A pod that is asked to go, and goes; the readiness probe complains while it does. */
function goes(from: number, uid: string, exitCode = 143, fields: Partial<PodObservation> = {}): Observation[] {
  const own = {
    uid,
    name: `api-7d9f-${uid}`,
    createdAt: at(0),
    deletionTimestamp: at(from + 30),
    deletionGracePeriodSeconds: 30,
    ...fields,
  };
  const involvedObject = { kind: 'Pod', namespace: 'shop', name: own.name, uid, fieldPath: 'spec.containers{app}' };
  const over = {
    phase: 'Failed',
    containers: [probed({ containerID: `containerd://${uid}`, state: ended(`containerd://${uid}`, exitCode, 5, from + 2) })],
  };
  return [
    pod(from, { ...own, containers: [probed({ ready: true, containerID: `containerd://${uid}`, state: running(5) })] }),
    event(from, { uid: `k-${uid}`, reason: 'Killing', type: 'Normal', message: 'Stopping container app', involvedObject }),
    event(from + 1, {
      uid: `u-${uid}`,
      reason: 'Unhealthy',
      message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
      involvedObject,
    }),
    pod(from + 2, { ...own, ...over }),
    pod(from + 3, { ...own, ...over, deleted: true }),
  ];
}

describe('normal is silent', () => {
  test.each([0, 1, 137, 143])('a rolling update whose old pod leaves with %i', (exitCode) => {
    const multiAttach = event(101, {
      uid: 'ma',
      reason: 'FailedAttachVolume',
      message: 'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) api-7d9f-old',
      involvedObject: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-new', uid: 'new' },
      source: { component: 'attachdetach-controller' },
    });
    expect(
      toldOf([
        deployment(0),
        replicaSet(0),
        ...starts(0, 'old'),
        ...starts(100, 'new', { slow: 32 }),
        multiAttach,
        ...goes(140, 'old', exitCode),
      ]),
    ).toEqual([]);
  });

  test('a scale-down to zero', () => {
    const none = { replicas: { wanted: 0, current: 0, ready: 0 } };
    expect(toldOf([deployment(0), ...starts(0, 'old'), deployment(100, none), replicaSet(100, none), ...goes(100, 'old')])).toEqual([]);
  });

  test('a drain: the eviction API, the taint, and the pod that is made elsewhere', () => {
    const conditions = [
      {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'EvictionByEvictionAPI',
        message: 'Eviction API: evicting',
        lastTransitionTime: at(100),
      },
    ];
    expect(toldOf([...starts(0, 'old'), ...goes(100, 'old', 137, { conditions }), ...starts(101, 'new')])).toEqual([]);
  });

  test('a taint for maintenance that deletes its pods', () => {
    const conditions = [
      {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'DeletionByTaintManager',
        message: 'Taint manager: deleting due to NoExecute taint',
        lastTransitionTime: at(100),
      },
    ];
    expect(toldOf([...starts(0, 'old'), ...goes(100, 'old', 143, { conditions }), ...starts(101, 'new')])).toEqual([]);
  });

  test('a pod that is deleted by force, without a mark', () => {
    const gone = pod(100, {
      uid: 'old',
      name: 'api-7d9f-old',
      createdAt: at(0),
      deleted: true,
      containers: [probed({ containerID: 'containerd://old', state: ended('containerd://old', 137, 5, 100) })],
    });
    expect(toldOf([...starts(0, 'old'), gone])).toEqual([]);
  });

  test('init containers that did their work, one after another', () => {
    const init = (name: string, statusIndex: number, to: number) =>
      container({
        name,
        role: 'init',
        statusIndex,
        ready: true,
        containerID: `containerd://${name}`,
        state: ended(`containerd://${name}`, 0, 1, to),
      });
    const done = pod(40, { containers: [init('migrate', 0, 20), init('warm', 1, 39), probed({ ready: true, state: running(40) })] });
    expect(toldOf([done])).toEqual([]);
  });

  test('trap 59: a pull secret that is missing, and an image that needs none', () => {
    const warning = event(2, {
      reason: 'FailedToRetrieveImagePullSecret',
      message: 'Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.',
    });
    expect(toldOf([warning, ...starts(0, 'pod-1')])).toEqual([]);
  });

  test('trap 59: nameservers that were cut, a scheduler that skips a pod that goes', () => {
    const dns = event(2, { reason: 'DNSConfigForming', message: 'Nameserver limits were exceeded, some nameservers have been omitted' });
    const skip = event(2, {
      reason: 'FailedScheduling',
      message: 'skip schedule deleting pod: shop/api-7d9f-abcde',
      source: { component: 'default-scheduler' },
    });
    expect(toldOf([dns, skip, ...starts(0, 'pod-1')])).toEqual([]);
  });

  test('trap 58: events of other controllers that use the same reasons', () => {
    const nominated = event(2, {
      reason: 'FailedScheduling',
      message: 'Failed to schedule pod, incompatible with nodepool "gpu"',
      source: { component: 'karpenter' },
    });
    const operator = event(2, { reason: 'Failed', message: 'Reconciliation failed', source: { component: 'some-operator' } });
    expect(toldOf([nominated, operator, ...starts(0, 'pod-1')])).toEqual([]);
  });
});

test('a stop by anybody, then a failure of the pod that takes its place', () => {
  const crashed = pod(160, {
    uid: 'new',
    name: 'api-7d9f-new',
    createdAt: at(101),
    containers: [probed({ containerID: 'containerd://new', state: ended('containerd://new', 1, 120, 159) })],
  });
  expect(toldOf([...starts(0, 'old'), ...goes(100, 'old'), ...starts(101, 'new'), crashed])).toEqual([
    'Error running unknown-app-exit app',
  ]);
});
