import { describe, expect, test } from 'vitest';
import type { ContainerStatus } from '#core/wire/container.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import { at, container, ended, event, pod, running } from '../../support/build-observations.ts';
import { primaryOf, signsOf, toldOf } from './signs-of.ts';

const involvedObject = { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-abcde', uid: 'pod-1' };

function runs(seconds: number, fields: Partial<PodObservation> = {}) {
  return pod(seconds, { containers: [container({ ready: true, containerID: 'containerd://a', state: running(2) })], ...fields });
}

/** The pod as the kubelet leaves it behind: failed, its container killed at 59. */
function stopped(reason: string, message: string, status: Partial<ContainerStatus> = {}, fields: Partial<PodObservation> = {}) {
  return pod(60, {
    phase: 'Failed',
    reason,
    message,
    containers: [container({ containerID: 'containerd://a', state: ended('containerd://a', 137, 2, 59), ...status })],
    ...fields,
  });
}

describe('evicted', () => {
  const lowOnMemory =
    'The node was low on resource: memory. Threshold quantity: 100Mi, available: 90Mi. Container app was using 800Mi, request is 128Mi, has larger consumption of memory. ';

  test('is one sign with the death it brought about, which is no crash', () => {
    const warning = event(56, { reason: 'Evicted', message: lowOnMemory, involvedObject });
    expect(signsOf([runs(3), warning, stopped('Evicted', lowOnMemory)])).toEqual([
      {
        rule: 'evicted',
        symptom: 'Evicted',
        phase: 'termination',
        cause: 'evicted-memory',
        basis: 'observed',
        container: 'app',
        from: 56,
        until: 60,
        opens: 56,
        deaths: 1,
      },
    ]);
  });

  test.each([
    ['trap 36: pressure of the node', lowOnMemory, 'termination evicted-memory'],
    [
      'trap 36: the own limit of the pod',
      'Pod ephemeral local storage usage exceeds the total limit of containers 40Mi. ',
      'termination evicted-ephemeral-storage',
    ],
    [
      'trap 36: the own limit of a container',
      'Container app exceeded its local ephemeral storage limit "1Gi". ',
      'termination evicted-ephemeral-storage',
    ],
    [
      'trap 36: the own limit of a volume',
      'Usage of EmptyDir volume "cache" exceeds the limit "50Mi". ',
      'termination evicted-emptydir-limit',
    ],
    ['trap 36: refused at admission', 'Pod was rejected: The node had condition: [DiskPressure]. ', 'node-admission evicted-disk'],
    ['inodes', 'The node was low on resource: inodes. Threshold quantity: 5%, available: 4%. ', 'termination evicted-inodes'],
    ['an old kubelet that says little', 'The node was low on compute resources.', 'termination unexplained'],
  ])('%s', (_, message, rest) => {
    expect(toldOf([stopped('Evicted', message)])).toEqual([`Evicted ${rest} app`]);
  });

  test('names the offender, or who alone mounts the volume that is full', () => {
    const containers = [
      container({ containerID: 'containerd://a', state: ended('containerd://a', 137, 2, 59) }),
      container({
        name: 'log',
        containerID: 'containerd://l',
        mounts: [{ volume: 'cache', path: '/cache' }],
        state: ended('containerd://l', 137, 2, 59),
      }),
    ];
    const byUsage =
      'The node was low on resource: ephemeral-storage. Container log was using 9Gi, request is 0, has larger consumption of ephemeral-storage. ';
    expect(toldOf([stopped('Evicted', byUsage, {}, { containers })])).toEqual(['Evicted termination evicted-ephemeral-storage log']);
    const byVolume = 'Usage of EmptyDir volume "cache" exceeds the limit "50Mi". ';
    expect(toldOf([stopped('Evicted', byVolume, {}, { containers })])).toEqual(['Evicted termination evicted-emptydir-limit log']);
  });

  test('trap 2: containers whose end nobody saw are part of it', () => {
    const lost = {
      state: {
        terminated: {
          exitCode: 137,
          reason: 'ContainerStatusUnknown',
          message: 'The container could not be located when the pod was terminated',
        },
      },
    };
    expect(toldOf([stopped('Evicted', lowOnMemory, lost)])).toEqual(['Evicted termination evicted-memory app']);
  });

  test('a crash before the eviction stays a crash of its own', () => {
    const earlier = {
      restartCount: 1,
      containerID: 'containerd://b',
      state: ended('containerd://b', 137, 32, 59),
      lastState: ended('containerd://a', 1, 2, 20),
    };
    expect(
      toldOf([runs(3), event(57, { reason: 'Evicted', message: lowOnMemory, involvedObject }), stopped('Evicted', lowOnMemory, earlier)]),
    ).toEqual(['Error running unknown-app-exit app', 'Evicted termination evicted-memory app']);
  });

  test('trap 37: an eviction through the API is a deletion', () => {
    const drained = [
      {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'EvictionByEvictionAPI',
        message: 'Eviction API: evicting',
        lastTransitionTime: at(50),
      },
    ];
    const gone = pod(70, {
      deleted: true,
      phase: 'Failed',
      deletionTimestamp: at(80),
      deletionGracePeriodSeconds: 30,
      conditions: drained,
      containers: [container({ containerID: 'containerd://a', state: ended('containerd://a', 137, 2, 69) })],
    });
    expect(toldOf([runs(3), runs(50, { conditions: drained }), gone])).toEqual([]);
  });

  test('trap 58: others call other things Evicted', () => {
    const descheduled = event(50, {
      reason: 'Evicted',
      message: 'pod evicted from node-1 by sigs.k8s.io/descheduler',
      involvedObject,
      source: { component: 'sigs.k8s.io/descheduler' },
    });
    const disrupted = event(50, { reason: 'Evicted', message: 'Evicted pod', involvedObject, source: { component: 'karpenter' } });
    expect(toldOf([runs(3), descheduled, disrupted])).toEqual([]);
  });
});

describe('preempted', () => {
  const condition = [
    {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'PreemptionByScheduler',
      message: 'default-scheduler: preempting to accommodate a higher priority pod',
      lastTransitionTime: at(50),
    },
  ];
  const deletion = { deletionTimestamp: at(80), deletionGracePeriodSeconds: 30 };
  const gone = pod(70, {
    deleted: true,
    phase: 'Failed',
    ...deletion,
    containers: [container({ containerID: 'containerd://a', state: ended('containerd://a', 143, 2, 69) })],
  });

  test.each([
    ['the condition alone', [runs(50, { conditions: condition, ...deletion }), gone], 'preempted-by-scheduler'],
    [
      'the event of today',
      [
        runs(50, deletion),
        gone,
        event(50, {
          reason: 'Preempted',
          type: 'Normal',
          message: 'Preempted by pod 8c1f on node node-1',
          involvedObject,
          source: { component: 'default-scheduler' },
        }),
      ],
      'preempted-by-scheduler',
    ],
    [
      'the event of old schedulers',
      [
        runs(50, deletion),
        gone,
        event(50, {
          reason: 'Preempted',
          type: 'Normal',
          message: 'by shop/critical on node node-1',
          involvedObject,
          source: { component: 'default-scheduler' },
        }),
      ],
      'preempted-by-scheduler',
    ],
    [
      'trap 42: the kubelet, for a critical pod',
      [stopped('Preempting', 'Preempted in order to admit critical pod')],
      'preempted-by-kubelet',
    ],
  ])('%s', (_, observations, cause) => {
    expect(toldOf([runs(3), ...observations])).toEqual([`Preempted termination ${cause} -`]);
  });

  test('look-alikes: a drain, and a queue that preempts its own objects', () => {
    const drained = [{ ...condition[0]!, reason: 'EvictionByEvictionAPI' }];
    expect(toldOf([runs(3), runs(50, { conditions: drained, ...deletion }), gone])).toEqual([]);
    const queued = event(50, {
      reason: 'Preempted',
      message: 'To accommodate a workload in the same ClusterQueue',
      involvedObject,
      source: { component: 'kueue-admission' },
    });
    expect(toldOf([runs(3), queued])).toEqual([]);
  });
});

describe('pods that ended under a node that was shut down', () => {
  test.each([
    ['the reason of today', 'Terminated', 'Pod was terminated in response to imminent node shutdown.'],
    ['the reason of 1.21', 'Shutdown', 'Node is shutting, evicting pods'],
  ])('trap 41: %s', (_, reason, message) => {
    expect(toldOf([stopped(reason, message)])).toEqual(['NodeLost termination node-shutdown -']);
  });

  test('trap 41: what ended well in time succeeded', () => {
    const done = pod(60, {
      phase: 'Succeeded',
      reason: 'Terminated',
      message: 'Pod was terminated in response to imminent node shutdown.',
      restartPolicy: 'Never',
      containers: [container({ containerID: 'containerd://a', state: ended('containerd://a', 0, 2, 59) })],
    });
    expect(toldOf([done])).toEqual([]);
  });
});

describe('the deadline of a pod', () => {
  test.each([
    [
      'with its event',
      [
        event(58, {
          reason: 'DeadlineExceeded',
          type: 'Normal',
          message: 'Pod was active on the node longer than the specified deadline',
          involvedObject,
        }),
      ],
    ],
    ['by its status alone', []],
  ])('%s', (_, events) => {
    const state = stopped(
      'DeadlineExceeded',
      'Pod was active on the node longer than the specified deadline',
      {},
      { activeDeadlineSeconds: 55, restartPolicy: 'Never' },
    );
    expect(toldOf([runs(3), ...events, state])).toEqual(['DeadlineExceeded termination deadline-exceeded app']);
    expect(primaryOf([runs(3), ...events, state])[0]?.summary).toContain('deadline of 55 s');
  });
});
