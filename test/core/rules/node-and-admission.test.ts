import { describe, expect, test } from 'vitest';
import type { PodObservation } from '#core/wire/pod.ts';
import { node } from '../../support/build-cluster-observations.ts';
import { at, container, ended, event, pod, running, waiting } from '../../support/build-observations.ts';
import { signsOf, toldOf } from './signs-of.ts';

const involvedObject = { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-abcde', uid: 'pod-1' };
const containers = [container({ ready: true, containerID: 'containerd://a', state: running(2) })];

function conditions(ready: 'True' | 'False', containersReady: 'True' | 'False', reason?: string) {
  return [
    { type: 'Ready', status: ready, ...(reason === undefined ? {} : { reason }) },
    { type: 'ContainersReady', status: containersReady, ...(reason === undefined ? {} : { reason }) },
  ];
}

const well = (seconds: number) => pod(seconds, { containers, conditions: conditions('True', 'True') });
const marked = (seconds: number) => pod(seconds, { containers, conditions: conditions('False', 'True') });
const notReady = (seconds: number) =>
  event(seconds, { reason: 'NodeNotReady', message: 'Node is not ready', involvedObject, source: { component: 'node-controller' } });

describe('node-lost', () => {
  test('lasts from the mark of the node controller until the kubelet writes again, and has no container', () => {
    expect(signsOf([well(3), marked(50), notReady(50), well(90)])).toEqual([
      {
        rule: 'node-lost',
        symptom: 'NodeLost',
        phase: 'lost',
        cause: 'node-not-ready',
        basis: 'observed',
        container: undefined,
        from: 50,
        until: 90,
        opens: 50,
        deaths: 0,
      },
    ]);
  });

  test.each([
    ['trap 46: only the mark, which no kubelet makes without a reason', [marked(50)]],
    ['only the event', [notReady(50)]],
    [
      'the reason of old clusters',
      [pod(50, { reason: 'NodeLost', message: 'Node node-1 which was running pod api is unresponsive', containers })],
    ],
    ['the phase of old clusters', [pod(50, { phase: 'Unknown', containers })]],
    [
      'the node itself, unknown',
      [
        node(50, '1', {
          conditions: [
            {
              type: 'Ready',
              status: 'Unknown',
              reason: 'NodeStatusUnknown',
              message: 'Kubelet stopped posting node status.',
              lastTransitionTime: at(50),
            },
          ],
        }),
      ],
    ],
    [
      'the node itself, not ready',
      [node(50, '1', { conditions: [{ type: 'Ready', status: 'False', reason: 'KubeletNotReady', lastTransitionTime: at(50) }] })],
    ],
    [
      'its pods are collected after it',
      [
        pod(60, {
          containers,
          conditions: [
            {
              type: 'DisruptionTarget',
              status: 'True',
              reason: 'DeletionByPodGC',
              message: 'PodGC: node no longer exists',
              lastTransitionTime: at(55),
            },
          ],
        }),
        pod(61, { deleted: true }),
      ],
    ],
  ])('%s', (_, observations) => {
    expect(toldOf([well(3), ...observations])).toEqual(['NodeLost lost node-not-ready -']);
  });

  test('bound, and no kubelet has acknowledged it', () => {
    const bound = pod(2, {
      phase: 'Pending',
      containers: [container()],
      conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: at(1) }],
    });
    expect(toldOf([bound])).toEqual(['NodeLost lost unexplained -']);
    expect(toldOf([bound, well(20)])).toEqual([]);
  });

  test('two outages are two, and what comes within a minute is one', () => {
    expect(
      signsOf([well(3), marked(50), well(90), marked(100), well(120), marked(400), well(420)]).map((sign) => [sign.from, sign.until]),
    ).toEqual([
      [50, 120],
      [400, 420],
    ]);
  });

  test('it explains readiness, containers nobody saw end, and a pod that cannot be removed', () => {
    const stale = pod(50, {
      containers: [container({ readinessProbe: { tcpSocket: { port: '80' } }, containerID: 'containerd://a', state: running(2) })],
      conditions: conditions('False', 'False'),
      deletionTimestamp: at(400),
      deletionGracePeriodSeconds: 30,
    });
    const down = node(50, '1', { conditions: [{ type: 'Ready', status: 'Unknown', lastTransitionTime: at(50) }] });
    expect(toldOf([well(3), stale, down])).toEqual(['NodeLost lost node-not-ready -']);
  });
});

describe('what looks like a lost node', () => {
  test.each([
    ['a readiness probe that fails', [pod(50, { containers, conditions: conditions('False', 'False', 'ContainersNotReady') })]],
    [
      'readiness gates',
      [
        pod(50, {
          containers,
          conditions: [
            { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady' },
            { type: 'ContainersReady', status: 'True' },
          ],
        }),
      ],
    ],
    [
      'another node',
      [node(50, '1', { name: 'node-2', uid: 'n2', conditions: [{ type: 'Ready', status: 'Unknown', lastTransitionTime: at(50) }] })],
    ],
    [
      'a node that is cordoned and drained',
      [node(50, '1', { unschedulable: true, conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: at(0) }] })],
    ],
  ])('%s', (_, observations) => {
    expect(toldOf([well(3), ...observations])).toEqual([]);
  });

  test('a daemon that starts on a node before it is ready', () => {
    const booting = node(1, '1', {
      conditions: [{ type: 'Ready', status: 'False', reason: 'KubeletNotReady', lastTransitionTime: at(-20) }],
    });
    const up = node(30, '2', { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: at(30) }] });
    expect(toldOf([booting, well(3), up])).toEqual([]);
  });

  test('an event of an hour ago, in a single look at a pod that is ready', () => {
    expect(toldOf([well(3), notReady(50)], { snapshot: true, now: 3000 })).toEqual([]);
  });
});

describe('container-status-unknown', () => {
  const lost = (exitCode: number, reason: string, message?: string) =>
    pod(60, {
      containers: [
        container({
          containerID: 'containerd://b',
          restartCount: 1,
          ready: true,
          state: running(59),
          lastState: {
            terminated: { ...ended('containerd://a', exitCode, 2, 55, reason).terminated, ...(message === undefined ? {} : { message }) },
          },
        }),
      ],
    });

  test.each([
    [
      'trap 2: the kubelet invented 137',
      lost(137, 'ContainerStatusUnknown', 'The container could not be located when the pod was terminated'),
      'unexplained',
    ],
    ['trap 2: containerd invented 255', lost(255, 'Unknown'), 'unexplained'],
    ['trap 2: CRI-O invented -1', lost(-1, ''), 'unexplained'],
  ])('%s', (_, state, cause) => {
    expect(toldOf([well(3), state])).toEqual([`ContainerStatusUnknown lost ${cause} app`]);
  });

  test('trap 57: the node says that it restarted, in an event without uid', () => {
    const rebooted = event(57, {
      reason: 'Rebooted',
      message: 'Node node-1 has been rebooted, boot id: 5',
      involvedObject: { kind: 'Node', name: 'node-1' },
      namespace: 'default',
    });
    expect(toldOf([well(3), lost(255, 'Unknown'), rebooted])).toEqual(['ContainerStatusUnknown lost node-not-ready app']);
  });

  test('look-alikes: the echo of a deletion, an in-place restart, and a real exit', () => {
    expect(
      toldOf([
        well(3),
        lost(
          137,
          'ContainerStatusUnknown',
          'The container could not be located when the pod was deleted.  The container used to be Running',
        ),
      ]),
    ).toEqual([]);
    expect(toldOf([well(3), lost(137, 'RestartingAllContainers')])).toEqual([]);
    expect(toldOf([well(3), lost(255, 'Error')])).toEqual(['Error running unknown-app-exit app']);
  });
});

describe('admission-rejected', () => {
  const refused = (reason: string, message: string, fields: Partial<PodObservation> = {}) =>
    pod(5, { phase: 'Failed', reason, message, containers: [container()], ...fields });

  test.each([
    [
      'OutOfcpu',
      "Pod was rejected: Node didn't have enough resource: cpu, requested: 4000, used: 3000, capacity: 4000",
      'node-admission insufficient-cpu',
    ],
    ['OutOfmemory', "Node didn't have enough resource: memory, requested: 1, used: 2, capacity: 2", 'node-admission insufficient-memory'],
    ['OutOfpods', "Pod Node didn't have enough resource: pods, requested: 1, used: 110, capacity: 110", 'node-admission max-pods'],
    ['OutOfnvidia.com/gpu', "Node didn't have enough resource: nvidia.com/gpu", 'node-admission insufficient-nvidia.com/gpu'],
    [
      'NodeAffinity',
      "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
      'node-admission node-selector',
    ],
    ['MatchNodeSelector', 'Pod Predicate MatchNodeSelector failed', 'node-admission node-selector'],
    ['NodePorts', 'Pod was rejected: Predicate NodePorts failed', 'node-admission host-port'],
    ['TaintToleration', 'Pod was rejected: Predicate TaintToleration failed', 'node-admission taint'],
    [
      'UnexpectedAdmissionError',
      'Pod was rejected: Allocate failed due to requested number of devices unavailable for nvidia.com/gpu. Requested: 1, Available: 0, which is unexpected',
      'node-admission insufficient-nvidia.com/gpu',
    ],
    ['TopologyAffinityError', 'Pod was rejected: Resources cannot be allocated with Topology locality', 'node-admission cgroup-or-device'],
    ['AppArmor', 'Cannot enforce AppArmor: AppArmor is not enabled on the host', 'node-admission security-profile'],
    ['NodeShutdown', 'Pod was rejected as the node is shutting down.', 'node-admission node-shutdown'],
    [
      'VolumeAttachmentLimitExceeded',
      'Node has reached its volume attachment limit, rejecting pod. unmounted volumes=[data]',
      'volume-setup attach-limit',
    ],
    ['SomethingNew', 'Pod was rejected: for a reason of tomorrow', 'node-admission unexplained'],
  ])('%s', (reason, message, rest) => {
    expect(toldOf([refused(reason, message)])).toEqual([`AdmissionRejected ${rest} app`]);
  });

  test('look-alikes: a pod that ran before it failed, and one without a reason', () => {
    const ran = refused('SomethingNew', 'made by another controller', {
      containers: [container({ containerID: 'containerd://a', state: ended('containerd://a', 3, 1, 4) })],
    });
    expect(toldOf([ran])).toEqual(['Error startup unknown-app-exit app']);
    const { reason: _, message: __, ...bare } = refused('x', 'y');
    expect(toldOf([bare])).toEqual(['Error lost unexplained app']);
  });
});

describe('stuck-terminating', () => {
  const stuck = (seconds: number, fields: Partial<PodObservation> = {}) =>
    pod(seconds, { containers, deletionTimestamp: at(60), deletionGracePeriodSeconds: 30, ...fields });

  test.each([
    ['a container still shown as running', [stuck(30)]],
    [
      'nothing runs any more: a finalizer or a volume',
      [stuck(30), stuck(50, { containers: [container({ containerID: 'containerd://a', state: ended('containerd://a', 0, 2, 40) })] })],
    ],
    [
      'the runtime does not kill it',
      [stuck(30), event(90, { reason: 'FailedKillPod', message: 'error killing pod: context deadline exceeded', involvedObject })],
    ],
  ])('%s', (_, observations) => {
    expect(toldOf([well(3), ...observations])).toEqual(['StuckTerminating termination unexplained app']);
  });

  test('a minute after the grace period is patience, and being gone ends it', () => {
    expect(toldOf([well(3), stuck(30)], { now: 119 })).toEqual([]);
    expect(signsOf([well(3), stuck(30), stuck(200, { deleted: true })]).map((sign) => [sign.from, sign.opens, sign.until])).toEqual([
      [60, 120, 200],
    ]);
  });

  test('look-alikes: a long grace period, and a pod that waits for its node no longer', () => {
    expect(toldOf([well(3), stuck(30, { deletionTimestamp: at(3630), deletionGracePeriodSeconds: 3600 })], { now: 3000 })).toEqual([]);
    expect(toldOf([well(3), stuck(30), stuck(70, { deleted: true })])).toEqual([]);
  });

  test('a young pod with a waiting container is not terminating', () => {
    expect(
      toldOf([pod(3, { phase: 'Pending', startTime: at(1), containers: [container({ state: waiting('ContainerCreating') })] })], {
        now: 60,
      }),
    ).toEqual([]);
  });
});

describe('pod-failed', () => {
  const bare = (fields: Partial<PodObservation> = {}) => pod(60, { phase: 'Failed', containers: [container()], ...fields });

  test.each([
    ['nothing but the phase', bare()],
    ['a message without a reason', bare({ message: 'Instance was reclaimed' })],
    ['containers as they were at the beginning', bare({ containers: [container({ state: waiting('ContainerCreating') })] })],
  ])('%s', (_, state) => {
    expect(toldOf([state])).toEqual(['Error lost unexplained app']);
  });

  test('look-alikes: a pod that was deleted, and one whose container shows how it ended', () => {
    expect(toldOf([well(3), bare({ deletionTimestamp: at(80), deletionGracePeriodSeconds: 30, deleted: true })])).toEqual([]);
    const shown = bare({
      restartPolicy: 'Never',
      containers: [container({ containerID: 'containerd://a', state: ended('containerd://a', 7, 2, 59) })],
    });
    expect(toldOf([shown])).toEqual(['Error running unknown-app-exit app']);
  });
});
