import { describe, expect, test } from 'vitest';
import { diagnoseObjects, symptomsIn } from '../support/diagnose-objects.ts';
import { ends, event, loops, pod, runs, waits } from '../support/sparse-pod.ts';

describe('what the rest of the input adds', () => {
  const creating = { phase: 'Pending', containerStatuses: [waits('ContainerCreating')] };
  test.each([
    ['a mount', ['FailedMount'], creating, event('FailedMount', 'MountVolume.SetUp failed for volume "conf" : configmap "web" not found')],
    ['a sandbox', ['FailedCreatePodSandBox'], creating, event('FailedCreatePodSandBox', 'Failed to create pod sandbox: no addresses')],
    [
      'a pull that the status does not show yet',
      ['ImagePullBackOff'],
      creating,
      event('Failed', 'Failed to pull image "web:1": manifest unknown'),
    ],
    [
      'a pull that went on',
      [],
      { phase: 'Pending', containerStatuses: [waits('ContainerCreating')] },
      event('Pulled', 'Successfully pulled image "web:1"', { type: 'Normal' }),
    ],
    [
      'the scheduler',
      ['Pending'],
      { phase: 'Pending' },
      event('FailedScheduling', '0/3 nodes are available: 3 Insufficient memory.', { source: { component: 'default-scheduler' } }),
    ],
    [
      'a probe of a container whose spec is missing',
      ['ReadinessProbeFailed'],
      { phase: 'Running', containerStatuses: [runs({ ready: false })] },
      event('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503'),
    ],
    [
      'a probe of a container without a state',
      ['ReadinessProbeFailed'],
      { phase: 'Running', containerStatuses: [{ ready: false }] },
      event('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503'),
    ],
    [
      'a probe of a container that is ready again',
      [],
      { phase: 'Running', containerStatuses: [runs()] },
      event('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503'),
    ],
    [
      'a back-off of a container whose ends are not shown',
      ['CrashLoopBackOff'],
      { phase: 'Running', containerStatuses: [runs({ ready: false, restartCount: 5 })] },
      event('BackOff', 'Back-off restarting failed container'),
    ],
  ])('%s, told by an event', async (_, symptoms, status, told) => {
    expect(await symptomsIn(pod(status), told)).toEqual(symptoms);
  });

  test('trap 82: a scheduler that not every cluster has, or the age of a pod that nobody has looked at', async () => {
    const bare = { phase: 'Pending' };
    const created = { creationTimestamp: '2024-01-01T10:00:00Z' };
    expect(await symptomsIn(pod(bare, { ...created, spec: { schedulerName: 'volcano', containers: [] } }))).toEqual(['Pending']);
    const later = {
      kind: 'Event',
      metadata: { name: 'x' },
      involvedObject: { kind: 'Pod', name: 'other' },
      lastTimestamp: '2024-01-01T10:00:31Z',
    };
    expect(await symptomsIn(pod(bare, created), later)).toEqual(['Pending']);
    expect(await symptomsIn(pod(bare, created), { ...later, lastTimestamp: '2024-01-01T10:00:29Z' })).toEqual([]);
  });

  test('trap 78: evidence shows what a process complained of, and none of the values it printed with it', async () => {
    const message = [
      'pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings',
      'api_key',
      "  Field required [type=missing, input_value={'db_password': 'hunter2-swordfish', 'token': 'ghp_0123456789abcdefghijklmnopqrstuvwxyz'}, input_type=dict]",
    ].join('\n');
    const dead = pod({ phase: 'Running', containerStatuses: [loops({ exitCode: 1, reason: 'Error', message })] });
    const told = event('Failed', 'Error: cannot reach postgres://shop:swordfish-hunter2@db:5432/shop');
    const diagnosis = await diagnoseObjects(dead, told);
    expect(diagnosis.findings).toMatchObject([{ symptom: 'CrashLoopBackOff', cause: 'missing-config' }]);
    expect(JSON.stringify(diagnosis)).not.toMatch(/hunter2|swordfish|ghp_/);
  });

  test('an object without a kind is known by its shape, and what cannot be named is counted', async () => {
    const { kind: _, ...kindless } = pod({ containerStatuses: [loops({ exitCode: 1 })] }, { spec: { containers: [{ name: 'app' }] } });
    expect(await symptomsIn(kindless)).toEqual(['CrashLoopBackOff']);
  });

  test('a static pod as its kubelet lists it has no status to speak of', async () => {
    const spec = { nodeName: 'node-1', containers: [{ name: 'proxy', image: 'proxy:1' }] };
    const status = { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: '2024-01-01T10:00:00Z' }] };
    const later = event('Pulled', 'present', {
      type: 'Normal',
      lastTimestamp: '2024-01-01T11:00:00Z',
      involvedObject: { kind: 'Pod', name: 'other' },
    });
    expect(await symptomsIn(pod(status, { spec, uid: '260c2b1d43b094af6d6b4ccba082c2db' }), later)).toEqual([]);
    expect(await symptomsIn(pod(status, { spec, uid: '23476f2c-61e0-11e9-bc12-02f121c1eeb4' }), later)).toEqual(['NodeLost']);
  });
});

describe('pods on their way out', () => {
  const deletion = { deletionTimestamp: '2024-01-01T10:00:30Z', deletionGracePeriodSeconds: 30, creationTimestamp: '2024-01-01T09:00:00Z' };
  test.each([
    ['running', { phase: 'Running', containerStatuses: [runs()] }],
    ['killed', { phase: 'Running', containerStatuses: [ends({ exitCode: 137, reason: 'Error', finishedAt: '2024-01-01T10:00:31Z' })] }],
    ['stopped, nobody wrote down when', { phase: 'Running', containerStatuses: [ends({ exitCode: 143, reason: 'Error' })] }],
    ['never started', { phase: 'Pending', containerStatuses: [ends({ exitCode: 0, startedAt: null, finishedAt: null })] }],
    [
      'drained',
      {
        phase: 'Failed',
        conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }],
        containerStatuses: [ends({ exitCode: 143 })],
      },
    ],
  ])('%s', async (_, status) => {
    expect(await symptomsIn(pod(status, deletion))).toEqual([]);
  });

  test('what it died of before it was asked to go still counts', async () => {
    const status = { phase: 'Running', containerStatuses: [ends({ exitCode: 1, reason: 'Error', finishedAt: '2024-01-01T09:59:00Z' })] };
    expect((await diagnoseObjects(pod(status, deletion))).findings).toMatchObject([{ symptom: 'Error', exitCode: 1 }]);
  });
});
