import { describe, expect, test } from 'vitest';
import { symptomsIn } from '../support/diagnose-objects.ts';
import { ends, loops, pod, runs, unscheduled, waits } from '../support/sparse-pod.ts';

describe('a status and nothing else', () => {
  test.each([
    ['ImagePullBackOff', 'ImagePullBackOff'],
    ['ErrImagePull', 'ImagePullBackOff'],
    ['ImageInspectError', 'ImagePullBackOff'],
    ['RegistryUnavailable', 'ImagePullBackOff'],
    ['SignatureValidationFailed', 'ImagePullBackOff'],
    ['InvalidImageName', 'InvalidImageName'],
    ['ErrImageNeverPull', 'ErrImageNeverPull'],
    ['CreateContainerConfigError', 'CreateContainerConfigError'],
    ['CreateContainerError', 'CreateContainerError'],
    ['PreCreateHookError', 'CreateContainerError'],
    ['RunContainerError', 'RunContainerError'],
    ['PreStartHookError', 'RunContainerError'],
    ['PostStartHookError', 'PostStartHookError'],
    ['CrashLoopBackOff', 'CrashLoopBackOff'],
    ['SomethingNew', 'Unknown'],
  ])('a container that waits with %s is %s, in an app or an init container, with or without phase and message', async (reason, symptom) => {
    expect(await symptomsIn(pod({ containerStatuses: [waits(reason)] }))).toEqual([symptom]);
    expect(await symptomsIn(pod({ phase: 'Pending', containerStatuses: [waits(reason, 'what the kubelet said')] }))).toEqual([symptom]);
    const status = {
      phase: 'Pending',
      initContainerStatuses: [{ ...waits(reason), name: 'init' }],
      containerStatuses: [waits('PodInitializing')],
    };
    expect(await symptomsIn(pod(status))).toEqual([symptom]);
  });

  test.each([
    [
      'unschedulable, the status of the condition left out',
      ['Pending'],
      { phase: 'Pending', ...unscheduled('Unschedulable', { message: '0/3 nodes are available: 3 Insufficient cpu.' }) },
    ],
    [
      'unschedulable, without a phase',
      ['Pending'],
      unscheduled('Unschedulable', { status: 'False', message: 'pod has unbound immediate PersistentVolumeClaims' }),
    ],
    ['gated, without a message', ['SchedulingGated'], { phase: 'Pending', ...unscheduled('SchedulingGated', { status: 'False' }) }],
    ['evicted, without a phase', ['Evicted'], { reason: 'Evicted', message: 'Pod was rejected: The node had condition: [DiskPressure]. ' }],
    ['evicted, without a message', ['Evicted'], { phase: 'Failed', reason: 'Evicted' }],
    [
      'evicted, its container lost',
      ['Evicted'],
      {
        phase: 'Failed',
        reason: 'Evicted',
        message: 'The node was low on resource: memory. ',
        containerStatuses: [ends({ exitCode: 137, reason: 'ContainerStatusUnknown', finishedAt: null })],
      },
    ],
    [
      'preempted by the kubelet',
      ['Preempted'],
      { phase: 'Failed', reason: 'Preempting', message: 'Preempted in order to admit critical pod' },
    ],
    [
      'over its deadline',
      ['DeadlineExceeded'],
      { phase: 'Failed', reason: 'DeadlineExceeded', containerStatuses: [ends({ exitCode: 137, reason: 'Error' })] },
    ],
    ['refused by a kubelet', ['AdmissionRejected'], { phase: 'Failed', reason: 'OutOfcpu' }],
    ['refused for a reason nobody has heard of', ['AdmissionRejected'], { phase: 'Failed', reason: 'SomethingNew', message: 'no' }],
    ['stopped by a node that was shut down, of old', ['NodeLost'], { phase: 'Failed', reason: 'Shutdown' }],
    ['stopped by a node that was shut down', ['NodeLost'], { phase: 'Failed', reason: 'Terminated' }],
    ['in phase Unknown', ['NodeLost'], { phase: 'Unknown' }],
    ['NodeLost', ['NodeLost'], { phase: 'Running', reason: 'NodeLost' }],
    ['failed, and no more', ['Error'], { phase: 'Failed' }],
    [
      'failed although its container says that it completed',
      ['Error'],
      { phase: 'Failed', containerStatuses: [ends({ exitCode: 0, reason: 'Completed' })] },
    ],
    ['ended with an error, the reason left out', ['Error'], { phase: 'Failed', containerStatuses: [ends({ exitCode: 2 })] }],
    ['ended with an error, the code left out', ['Error'], { phase: 'Failed', containerStatuses: [ends({ reason: 'Error' })] }],
    [
      'ended with an error, in the init container',
      ['Error'],
      { phase: 'Pending', initContainerStatuses: [ends({ exitCode: 1, reason: 'Error' })] },
    ],
    ['out of memory, the code left out', ['OOMKilled'], { phase: 'Failed', containerStatuses: [ends({ reason: 'OOMKilled' })] }],
    ['out of memory, in a loop', ['OOMKilled'], { phase: 'Running', containerStatuses: [loops({ exitCode: 137, reason: 'OOMKilled' })] }],
    [
      'out of memory, running again and not ready',
      ['OOMKilled'],
      {
        phase: 'Running',
        containerStatuses: [runs({ ready: false, restartCount: 1, lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } } })],
      },
    ],
    [
      'in a loop, the container without a name',
      ['CrashLoopBackOff'],
      { phase: 'Running', containerStatuses: [{ ...loops({ exitCode: 1 }), name: undefined }] },
    ],
    [
      'in a loop that ends well each time',
      ['CrashLoopBackOff'],
      { phase: 'Running', containerStatuses: [loops({ exitCode: 0, reason: 'Completed' })] },
    ],
    [
      'in a loop that never started',
      ['RunContainerError'],
      { phase: 'Running', containerStatuses: [loops({ exitCode: 128, reason: 'StartError', startedAt: '1970-01-01T00:00:00Z' })] },
    ],
    [
      'never started, by docker',
      ['RunContainerError'],
      { phase: 'Failed', containerStatuses: [ends({ exitCode: 127, reason: 'ContainerCannotRun' })] },
    ],
    [
      'lost by its runtime',
      ['ContainerStatusUnknown'],
      { phase: 'Running', containerStatuses: [loops({ exitCode: 255, reason: 'Unknown' })] },
    ],
    [
      'with a healthy sibling',
      ['CrashLoopBackOff'],
      { phase: 'Running', containerStatuses: [{ ...runs(), name: 'proxy' }, loops({ exitCode: 1 })] },
    ],
    [
      'times as YAML libraries print them',
      ['CrashLoopBackOff'],
      {
        phase: 'Running',
        startTime: '2024-01-01 10:00:00+00:00',
        containerStatuses: [loops({ exitCode: 1, startedAt: '2024-01-01 10:00:01+00:00', finishedAt: '2024-01-01 10:00:02+00:00' })],
      },
    ],
    [
      'times that are none',
      ['CrashLoopBackOff'],
      { phase: 'Running', startTime: 'yesterday', containerStatuses: [loops({ exitCode: 1, finishedAt: 'noon' })] },
    ],
  ])('%s', async (_, symptoms, status) => {
    expect(await symptomsIn(pod(status))).toEqual(symptoms);
  });

  test.each([
    ['nothing at all', {}],
    ['running, and no more', { phase: 'Running' }],
    ['pending, and no more: it may be as young as the look', { phase: 'Pending' }],
    ['being created', { phase: 'Pending', containerStatuses: [waits('ContainerCreating')] }],
    ['succeeded', { phase: 'Succeeded', containerStatuses: [ends({ exitCode: 0, reason: 'Completed' })] }],
    ['completed, the policy unknown', { containerStatuses: [ends({ exitCode: 0, reason: 'Completed' })] }],
    ['ready', { phase: 'Running', containerStatuses: [runs()] }],
    [
      'ready after restarts',
      { phase: 'Running', containerStatuses: [runs({ restartCount: 7, lastState: { terminated: { exitCode: 1 } } })] },
    ],
    ['ready, the state left out', { phase: 'Running', containerStatuses: [{ name: 'app', ready: true, restartCount: 0 }] }],
    ['not ready, and nothing says that anybody asks', { phase: 'Running', containerStatuses: [runs({ ready: false })] }],
    [
      'a sidecar whose spec did not come with it',
      { phase: 'Running', initContainerStatuses: [{ ...runs(), name: 'proxy' }], containerStatuses: [runs()] },
    ],
    [
      'a debug container that failed',
      { phase: 'Running', containerStatuses: [runs()], ephemeralContainerStatuses: [{ ...ends({ exitCode: 1 }), name: 'debug' }] },
    ],
    [
      'restarted by its own rules',
      {
        phase: 'Running',
        containerStatuses: [
          { ...waits('RestartingAllContainers'), lastState: { terminated: { exitCode: 137, reason: 'RestartingAllContainers' } } },
        ],
      },
    ],
    [
      'waiting for a readiness gate',
      {
        phase: 'Running',
        conditions: [
          { type: 'ContainersReady', status: 'True' },
          { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady' },
        ],
        containerStatuses: [runs()],
      },
    ],
  ])('%s is no failure', async (_, status) => {
    expect(await symptomsIn(pod(status))).toEqual([]);
  });
});
