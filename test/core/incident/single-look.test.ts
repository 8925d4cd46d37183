import { describe, expect, test } from 'vitest';
import { buildDiagnosis } from '#core/diagnosis/build-diagnosis.ts';
import type { Observation } from '#core/wire/observation.ts';
import { at, container, ended, event, instant, pod, running, waiting } from '../../support/build-observations.ts';

/** What one look at a cluster finds, at `now` or at the newest time in it. */
function found(observations: readonly Observation[], now?: number): readonly string[] {
  const newest = Math.max(...observations.map((item) => Date.parse(item.observedAt)));
  return buildDiagnosis(observations, now === undefined ? newest : instant(now)).findings.map(
    ({ symptom, cause, secondary }) => `${symptom} ${cause}${secondary === true ? ' secondary' : ''}`,
  );
}

const healed = pod(63, {
  containers: [
    container({
      ready: true,
      restartCount: 1,
      containerID: 'containerd://b',
      state: running(62),
      lastState: ended('containerd://a', 1, 2, 60),
    }),
  ],
});

describe('a single look', () => {
  test('a restart of long ago is over: measured, or where nothing newer measures it', () => {
    expect(found([healed])).toEqual([]);
    expect(found([healed], 63 + 299)).toEqual(['Error unknown-app-exit']);
    expect(found([healed], 63 + 300)).toEqual([]);
  });

  test('a container that is not ready again has not recovered', () => {
    const state = pod(63, {
      containers: [
        container({
          restartCount: 4,
          containerID: 'containerd://a',
          state: waiting('CrashLoopBackOff'),
          lastState: ended('containerd://a', 1, 2, 60),
        }),
      ],
    });
    expect(found([state])).toEqual(['CrashLoopBackOff unknown-app-exit']);
  });

  test('trap 38: an evicted pod that was left behind, with its replacement ready', () => {
    const evicted = pod(60, {
      uid: 'old',
      name: 'api-7d9f-old',
      phase: 'Failed',
      reason: 'Evicted',
      message: 'The node was low on resource: memory. ',
      containers: [container()],
    });
    const replacement = pod(70, { containers: [container({ ready: true, containerID: 'containerd://b', state: running(69) })] });
    expect(found([evicted, replacement], 7000)).toEqual([]);
    expect(found([evicted], 7000)).toEqual(['Evicted evicted-memory']);
  });

  test('an OOM kill explains the loop, which is told beside it', () => {
    const state = pod(63, {
      containers: [
        container({
          restartCount: 4,
          resources: { limits: { memory: '64Mi' } },
          containerID: 'containerd://a',
          state: waiting('CrashLoopBackOff'),
          lastState: ended('containerd://a', 137, 2, 60, 'OOMKilled'),
        }),
      ],
    });
    expect(found([state])).toEqual(['OOMKilled oom-container-limit', 'CrashLoopBackOff oom-container-limit secondary']);
  });

  test('a pod that is being set up after a failure counts as having waited', () => {
    const creating = pod(5, { phase: 'Pending', startTime: at(1), containers: [container({ state: waiting('ContainerCreating') })] });
    const failing = event(6, {
      reason: 'FailedMount',
      message: 'MountVolume.SetUp failed for volume "c" : secret "x" not found',
      involvedObject: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-abcde', uid: 'pod-1' },
    });
    expect(found([creating, failing])).toEqual(['FailedMount missing-secret']);
    expect(found([creating])).toEqual([]);
  });
});
