import { describe, expect, test } from 'vitest';
import { container, ended, event, pod, running } from '../../support/build-observations.ts';
import { primaryOf, signsOf } from './signs-of.ts';

const limited = { resources: { limits: { memory: '192Mi' } } };

function killed(exitCode: number, fields: Parameters<typeof container>[0] = limited) {
  return pod(31, {
    containers: [container({ ...fields, containerID: 'containerd://a', state: ended('containerd://a', exitCode, 5, 30, 'OOMKilled') })],
  });
}

const expected = {
  rule: 'oom-killed',
  symptom: 'OOMKilled',
  phase: 'running',
  container: 'app',
  from: 30,
  until: undefined,
  opens: 30,
  deaths: 1,
};

describe('oom-killed', () => {
  test('137 with a limit in force is the limit', () => {
    expect(signsOf([killed(137)])).toEqual([{ ...expected, cause: 'oom-container-limit', basis: 'observed' }]);
  });

  test('trap 70: a limit of the new spec that the kubelet has not put in force yet killed nobody', () => {
    const resized = { resources: { limits: { memory: '512Mi' } }, resourcesInForce: { limits: { memory: '192Mi' } } };
    expect(primaryOf([killed(137, resized)]).map((sign) => sign.summary)).toEqual([
      'Container app was OOMKilled (exit code 137) 25 s after its start; memory limit in force 192Mi.',
    ]);
  });

  test('any other exit code means that a child was killed', () => {
    expect(signsOf([killed(1)])).toEqual([{ ...expected, cause: 'oom-child', basis: 'derived' }]);
    expect(signsOf([killed(0)])).toEqual([{ ...expected, cause: 'oom-child', basis: 'derived' }]);
  });

  test('without a limit it is the node, observed when the node says so', () => {
    const systemOom = event(30, {
      reason: 'SystemOOM',
      message: 'System OOM encountered, victim process: java, pid: 7',
      involvedObject: { kind: 'Node', name: 'node-1' },
    });
    expect(signsOf([killed(137, {})])).toEqual([{ ...expected, cause: 'oom-node', basis: 'hypothesis' }]);
    expect(signsOf([killed(137, {}), systemOom])).toEqual([{ ...expected, cause: 'oom-node', basis: 'observed' }]);
  });

  test('the same instance in state and later in lastState is one death', () => {
    const dead = killed(137).containers[0]?.state;
    const restarted = pod(32, {
      containers: [
        container({ ...limited, ready: true, restartCount: 1, containerID: 'containerd://b', state: running(32), lastState: dead ?? {} }),
      ],
    });
    expect(signsOf([killed(137), restarted])).toEqual([{ ...expected, cause: 'oom-container-limit', basis: 'observed', until: 32 }]);
  });

  test('137 with reason Error is not OOMKilled', () => {
    const state = pod(31, {
      containers: [container({ ...limited, containerID: 'containerd://a', state: ended('containerd://a', 137, 5, 30) })],
    });
    expect(signsOf([state]).map((sign) => sign.symptom)).toEqual(['Error']);
  });

  test('a stop after the request to delete the pod is no failure, whatever its reason', () => {
    const state = pod(31, {
      deletionTimestamp: pod(59).observedAt,
      deletionGracePeriodSeconds: 30,
      containers: [container({ containerID: 'containerd://a', state: ended('containerd://a', 137, 5, 30, 'OOMKilled') })],
    });
    expect(signsOf([state], 60)).toEqual([]);
  });
});
