import { describe, expect, test } from 'vitest';
import type { PodObservation } from '#core/wire/pod.ts';
import { at, container, ended, event, log, pod, running, waiting } from '../../support/build-observations.ts';
import { primaryOf, signsOf, toldOf } from './signs-of.ts';

const app = container({ statusIndex: 0, state: waiting('PodInitializing') });

function initializing(seconds: number, state: NonNullable<typeof app.state>, fields: Partial<PodObservation> = {}) {
  const init = container({ name: 'wait', role: 'init', containerID: 'containerd://i', state });
  return pod(seconds, { phase: 'Pending', startTime: at(1), containers: [init, app], ...fields });
}

const ready = (seconds: number) =>
  pod(seconds, { containers: [container({ ready: true, containerID: 'containerd://a', state: running(seconds) })] });

describe('init-container-hangs', () => {
  test('is Pending in phase init, of the container that hangs, after half a minute', () => {
    expect(signsOf([initializing(3, running(2))])).toEqual([
      {
        rule: 'init-container-hangs',
        symptom: 'Pending',
        phase: 'init',
        cause: 'unexplained',
        basis: 'derived',
        container: 'wait',
        from: 2,
        until: undefined,
        opens: 32,
        deaths: 0,
      },
    ]);
  });

  test.each([
    ['a name that does not resolve', 'nslookup: getaddrinfo ENOTFOUND db\n'.repeat(3), 'dep-dns'],
    ['a port nobody listens on', 'dial tcp 10.0.0.7:5432: connect: connection refused\n'.repeat(3), 'dep-refused'],
    ['a lock somebody else holds', 'Waiting for changelog lock....\n'.repeat(5), 'migration-lock'],
  ])('its log says what it waits for: %s', (_, text, cause) => {
    const seen = log(60, 'containerd://i', text, { container: 'wait', role: 'init', final: false });
    expect(toldOf([initializing(3, running(2)), seen])).toEqual([`Pending init ${cause} wait`]);
  });

  test('one that had to wait and went on is an incident that is over', () => {
    const done = initializing(90, ended('containerd://i', 0, 2, 90));
    const text = log(91, 'containerd://i', 'dial tcp 10.0.0.7:5432: connect: connection refused\n'.repeat(3), {
      container: 'wait',
      role: 'init',
    });
    expect(signsOf([initializing(3, running(2)), done, text, ready(92)]).map((sign) => [sign.cause, sign.until])).toEqual([
      ['dep-refused', 90],
    ]);
  });

  test('a slow one that ends well was slow', () => {
    expect(toldOf([initializing(3, running(2)), initializing(200, ended('containerd://i', 0, 2, 200)), ready(202)])).toEqual([]);
  });

  test('one that fails is its own failure, and one that is young may still end', () => {
    expect(toldOf([initializing(3, running(2)), initializing(90, ended('containerd://i', 1, 2, 90))])).toEqual([
      'Error running unknown-app-exit wait',
    ]);
    expect(toldOf([initializing(3, running(2))], { now: 20 })).toEqual([]);
  });

  test('trap 31: a native sidecar runs on and hangs in nothing', () => {
    const sidecar = container({
      name: 'proxy',
      role: 'sidecar',
      restartPolicy: 'Always',
      ready: true,
      started: true,
      containerID: 'containerd://s',
      state: running(2),
    });
    const state = pod(3, { containers: [sidecar, container({ ready: true, containerID: 'containerd://a', state: running(3) })] });
    expect(toldOf([state])).toEqual([]);
  });

  test('in a single look nothing can be measured where nothing is newer', () => {
    const state = initializing(3, running(2));
    expect(toldOf([state], { snapshot: true, now: 3 })).toEqual(['Pending init unexplained wait']);
    expect(toldOf([state], { snapshot: true, now: 20 })).toEqual([]);
  });
});

describe('scheduling-gated', () => {
  function gated(seconds: number, message?: string) {
    const { node: _, ...state } = pod(seconds, {
      phase: 'Pending',
      containers: [],
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'SchedulingGated',
          lastTransitionTime: at(1),
          ...(message === undefined ? {} : { message }),
        },
      ],
    });
    return state;
  }

  test.each([
    ['the text of today', 'Scheduling is blocked due to non-empty scheduling gates'],
    ['another text', 'Waiting for scheduling gates to be removed'],
    ['no text', undefined],
  ])('%s', (_, message) => {
    expect(toldOf([gated(2, message)])).toEqual(['SchedulingGated scheduling scheduling-gated -']);
  });

  test('a gate that is lifted in time is how gates work', () => {
    expect(toldOf([gated(2), ready(20)])).toEqual([]);
    expect(toldOf([gated(2)], { now: 25 })).toEqual([]);
  });

  test('a lifted gate ends it, and what comes after is another failure', () => {
    const { node: _, ...unscheduled } = pod(60, {
      phase: 'Pending',
      containers: [],
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: '0/1 nodes are available: 1 Insufficient cpu.',
          lastTransitionTime: at(60),
        },
      ],
    });
    expect(toldOf([gated(2), unscheduled])).toEqual([
      'SchedulingGated scheduling scheduling-gated -',
      'Pending scheduling insufficient-cpu -',
    ]);
  });
});

describe('pending, where the scheduler says nothing', () => {
  test('trap 82: a schedulerName that nobody serves', () => {
    const { node: _, ...state } = pod(2, { phase: 'Pending', containers: [], conditions: [], schedulerName: 'batch-scheduler' });
    const [sign] = primaryOf([state]);
    expect(sign).toMatchObject({ symptom: 'Pending', cause: 'unexplained', quote: 'no scheduler named batch-scheduler has looked at it.' });
    expect(toldOf([state, ready(10)])).toEqual([]);
  });

  test('a manifest that was never sent to a cluster is no failure', () => {
    const { node: _, phase: __, ...manifest } = pod(2, { containers: [], conditions: [] });
    expect(toldOf([manifest], { snapshot: true, now: 2 })).toEqual([]);
  });

  test('trap 53: the condition is current where the event keeps its first text', () => {
    const { node: _, ...state } = pod(2, {
      phase: 'Pending',
      containers: [],
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: '0/1 nodes are available: 1 Insufficient memory.',
          lastTransitionTime: at(1),
        },
      ],
    });
    const stale = event(2, {
      reason: 'FailedScheduling',
      message: '0/1 nodes are available: 1 Insufficient cpu.',
      source: { component: 'default-scheduler' },
    });
    expect(toldOf([state, stale])).toEqual(['Pending scheduling insufficient-memory -']);
  });

  test('the claim says more than the scheduler: its storage class does not exist', () => {
    const { node: _, ...state } = pod(2, {
      phase: 'Pending',
      containers: [],
      volumes: [{ name: 'data', source: 'persistentVolumeClaim', ref: 'db-data' }],
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.',
          lastTransitionTime: at(1),
        },
      ],
    });
    const claim = event(2, {
      reason: 'ProvisioningFailed',
      message: 'storageclass.storage.k8s.io "fast" not found',
      involvedObject: { kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'db-data', uid: 'pvc-1' },
    });
    expect(toldOf([state, claim])).toEqual(['Pending scheduling storage-class-missing -']);
    expect(toldOf([state, { ...claim, involvedObject: { ...claim.involvedObject, name: 'other' } }])).toEqual([
      'Pending scheduling pvc-unbound -',
    ]);
  });
});

describe('creation-stalled', () => {
  const creating = (seconds: number, fields: Partial<PodObservation> = {}) =>
    pod(seconds, { phase: 'Pending', startTime: at(1), containers: [container({ state: waiting('ContainerCreating') })], ...fields });
  const pulling = event(5, { reason: 'Pulling', type: 'Normal', message: 'Pulling image "registry.example/shop/api:1.4.2"' });

  test.each([
    ['no event at all', [], 'volume-setup unexplained'],
    ['an image that is still being pulled', [pulling], 'image-pull unexplained'],
    [
      'ownership of a large volume',
      [
        event(9, {
          reason: 'VolumePermissionChangeInProgress',
          message: 'Setting volume ownership for pod-1/volumes is taking longer than expected',
        }),
      ],
      'volume-setup slow',
    ],
  ])('%s', (_, events, rest) => {
    expect(toldOf([creating(2), ...events])).toEqual([`Pending ${rest} app`]);
  });

  test('a large image may take minutes', () => {
    expect(toldOf([creating(2), pulling, ready(300)])).toEqual([]);
    expect(toldOf([creating(2), pulling], { now: 400 })).toEqual([]);
  });

  test('an error that is told explains it', () => {
    const failing = event(500, {
      reason: 'FailedMount',
      message: 'MountVolume.SetUp failed for volume "c" : secret "x" not found',
      firstTimestamp: at(3),
      count: 9,
    });
    expect(toldOf([creating(2), failing])).toEqual(['FailedMount volume-setup missing-secret app']);
  });

  test('trap 21: a pod that a single look catches while it is being made is no failure', () => {
    expect(toldOf([creating(2)], { snapshot: true, now: 2 })).toEqual([]);
  });
});
