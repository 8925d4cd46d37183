import { expect, test } from 'vitest';
import { toWorkloadHistory } from '#core/history/workload-history.ts';
import { podSegments } from '#core/report/swimlane/pod-segments.ts';
import { findSigns } from '#core/rules/find-signs.ts';
import { rules } from '#core/rules/registry.ts';
import type { Observation } from '#core/wire/observation.ts';
import { at, container, ended, imageID, instant, key, pod, running, waiting } from '../../../support/build-observations.ts';

/** `[second, phase, state, word]` of each stretch. */
function lifeOf(observations: readonly Observation[], now: number) {
  const history = toWorkloadHistory({ key, observations, now: instant(now) });
  const [found] = history.pods;
  const signs = findSigns(history, rules).primary.filter((sign) => sign.podUid === found!.uid);
  return podSegments(found!, signs, instant(now)).map(({ from, phase, state, word }) => [(from - instant(0)) / 1000, phase, state, word]);
}

const unscheduled = { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] };
const { node: _node, ...bare } = pod(0, unscheduled);
const pending = { ...bare, containers: [container()] };

test('a pod on its way to ready, and told to go', () => {
  const ready = { image: 'registry.example/shop/api:1.4.2', imageID, ready: true, state: running(8) };
  const life = lifeOf(
    [
      pending,
      pod(2, { phase: 'Pending', containers: [container({ state: waiting('ContainerCreating') })] }),
      pod(9, { containers: [container({ ...ready, ready: false, readinessProbe: { periodSeconds: 1 } })] }),
      pod(12, { containers: [container({ ...ready, readinessProbe: { periodSeconds: 1 } })] }),
      pod(50, {
        deletionTimestamp: at(80),
        deletionGracePeriodSeconds: 30,
        containers: [container({ ...ready, readinessProbe: { periodSeconds: 1 } })],
      }),
    ],
    60,
  );
  expect(life).toEqual([
    [0, 'scheduling', 'waiting', 'Unschedulable'],
    [2, 'container-create', 'waiting', 'ContainerCreating'],
    [8, 'startup', 'starting', 'running, not ready'],
    [12, 'running', 'ready', 'ready'],
    [50, 'termination', 'stopping', 'deletion was asked for'],
  ]);
});

test.each([
  ['ErrImagePull', 'image-pull', 'ImagePullBackOff'],
  ['CreateContainerConfigError', 'container-config', 'CreateContainerConfigError'],
  ['CreateContainerError', 'container-create', 'CreateContainerError'],
  ['RunContainerError', 'container-start', 'RunContainerError'],
])('%s fails in %s', (reason, phase, word) => {
  expect(lifeOf([pod(1, { containers: [container({ state: waiting(reason, 'because') })] })], 3)).toEqual([
    [0, 'scheduling', 'waiting', 'Pending'],
    [1, phase, 'failing', word],
  ]);
});

test('a crash loop alternates, and an init container fails in init', () => {
  const loop = container({ restartCount: 1, state: waiting('CrashLoopBackOff'), lastState: ended('containerd://1', 1, 1, 3) });
  expect(
    lifeOf(
      [pod(0, { containers: [loop] }), pod(20, { containers: [container({ restartCount: 1, ready: true, state: running(20) })] })],
      30,
    ),
  ).toEqual([
    [0, 'running', 'failing', 'CrashLoopBackOff'],
    [20, 'running', 'ready', 'ready'],
  ]);
  const init = container({
    name: 'migrate',
    role: 'init',
    restartCount: 2,
    state: waiting('CrashLoopBackOff'),
    lastState: ended('containerd://m', 1, 0, 1),
  });
  expect(lifeOf([pod(0, { containers: [init, container({ state: waiting('PodInitializing') })] })], 5)).toEqual([
    [0, 'init', 'failing', 'CrashLoopBackOff'],
  ]);
});

test('a stretch that only a rule understands is cut into what the states say', () => {
  const life = lifeOf(
    [
      {
        ...pending,
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/3 nodes are available: 3 Insufficient memory.',
            lastTransitionTime: at(0),
          },
        ],
      },
    ],
    90,
  );
  expect(life).toEqual([[0, 'scheduling', 'failing', 'Pending']]);
});

test('a finished pod ends where it finished', () => {
  const done = container({ state: ended('containerd://1', 0, 1, 9), ready: false });
  expect(
    lifeOf(
      [pod(0, { containers: [container({ state: running(0), ready: true })] }), pod(10, { phase: 'Succeeded', containers: [done] })],
      90,
    ),
  ).toEqual([[0, 'running', 'ready', 'ready']]);
});
