import { describe, expect, test } from 'vitest';
import type { ContainerStatus } from '#core/wire/container.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import { at, container, ended, event, pod, running, waiting } from '../../support/build-observations.ts';
import { toldOf } from './signs-of.ts';

const involvedObject = { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-abcde', uid: 'pod-1' };
const runs = pod(3, { containers: [container({ ready: true, containerID: 'containerd://a', state: running(2) })] });

/** Ended at `seconds`, seen a second later or when told. */
function died(
  exitCode: number,
  seconds: number,
  { seen = seconds + 1, ...fields }: Partial<PodObservation> & { seen?: number } = {},
  status: Partial<ContainerStatus> = {},
) {
  return pod(seen, {
    containers: [container({ containerID: 'containerd://a', state: ended('containerd://a', exitCode, 2, seconds), ...status })],
    ...fields,
  });
}

/** Restarted in place at 61 after an end at 60, and well again. */
function restarted(exitCode: number, status: Partial<ContainerStatus> = {}) {
  return pod(62, {
    containers: [
      container({
        ready: true,
        restartCount: 1,
        containerID: 'containerd://b',
        state: running(61),
        lastState: ended('containerd://a', exitCode, 2, 60),
        ...status,
      }),
    ],
  });
}

describe('trap 6: an end that the stop of the pod brought about', () => {
  const deletion = { deletionTimestamp: at(90), deletionGracePeriodSeconds: 30 };
  const asked = pod(60, { ...deletion, containers: [container({ ready: true, containerID: 'containerd://a', state: running(2) })] });

  test.each([0, 1, 2, 137, 143])('exit code %i after the request for its deletion', (exitCode) => {
    expect(toldOf([runs, asked, died(exitCode, 65, { ...deletion, phase: 'Failed', deleted: true })])).toEqual([]);
  });

  test('trap 7: SIGKILL at the end of the grace period', () => {
    expect(toldOf([runs, asked, died(137, 90, { ...deletion, deleted: true })])).toEqual([]);
  });

  test('trap 40: a pod that is Failed before it is removed', () => {
    expect(
      toldOf([
        runs,
        asked,
        died(143, 61, { ...deletion, phase: 'Failed' }),
        died(143, 61, { ...deletion, phase: 'Failed', deleted: true }),
      ]),
    ).toEqual([]);
  });

  test('trap 55: the clock of the node runs behind that of the API server', () => {
    expect(toldOf([runs, asked, died(143, 57, { ...deletion, seen: 61, deleted: true })])).toEqual([]);
    expect(toldOf([runs, asked, died(1, 57, { ...deletion, seen: 61, deleted: true })])).toEqual(['Error running unknown-app-exit app']);
  });

  test('a death that was seen before the request is a death', () => {
    expect(toldOf([runs, died(143, 57), asked, died(143, 57, { ...deletion, seen: 61, deleted: true })])).toEqual([
      'Error running unknown-app-exit app',
    ]);
  });

  test('an OOM kill in the second before is no stop', () => {
    const killed = died(137, 58, { ...deletion, seen: 61, deleted: true }, { state: ended('containerd://a', 137, 2, 58, 'OOMKilled') });
    expect(toldOf([runs, asked, killed])).toEqual(['OOMKilled running oom-node app']);
  });

  test('trap 47: a pod that a taint has deleted, whose event carries no uid', () => {
    const taint = event(60, {
      reason: 'TaintManagerEviction',
      type: 'Normal',
      message: 'Marking for deletion Pod shop/api-7d9f-abcde',
      involvedObject: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-abcde' },
    });
    expect(toldOf([runs, taint, asked, died(143, 62, { ...deletion, deleted: true })])).toEqual([]);
  });

  test('trap 59: the kubelet stops all of the pod because its sandbox changed', () => {
    const stop = event(58, { reason: 'Killing', type: 'Normal', message: 'Stopping container app' });
    expect(
      toldOf([
        runs,
        stop,
        event(61, {
          reason: 'SandboxChanged',
          type: 'Normal',
          message: 'Pod sandbox changed, it will be killed and re-created.',
          involvedObject,
        }),
        restarted(137),
      ]),
    ).toEqual([]);
  });

  test('a stop that comes after the death does not explain it', () => {
    const stop = event(62, { reason: 'Killing', type: 'Normal', message: 'Stopping container app' });
    expect(toldOf([runs, restarted(1), stop])).toEqual(['Error running unknown-app-exit app']);
  });
});

describe('trap 31: native sidecars', () => {
  const sidecar = (state: ContainerStatus['state'], fields: Partial<ContainerStatus> = {}) =>
    container({
      name: 'proxy',
      role: 'sidecar',
      restartPolicy: 'Always',
      containerID: 'containerd://s',
      ...(state === undefined ? {} : { state }),
      ...fields,
    });
  const app = (exitCode: number) => container({ containerID: 'containerd://a', state: ended('containerd://a', exitCode, 2, 60) });

  test.each([137, 143])('one that is killed with %i once the work is done', (exitCode) => {
    const done = pod(95, {
      phase: 'Succeeded',
      restartPolicy: 'Never',
      containers: [sidecar(ended('containerd://s', exitCode, 1, 91)), app(0)],
    });
    expect(toldOf([done])).toEqual([]);
  });

  test('the work that failed is the failure, not the sidecar that is killed after it', () => {
    const over = pod(95, { phase: 'Failed', restartPolicy: 'Never', containers: [sidecar(ended('containerd://s', 137, 1, 91)), app(1)] });
    expect(toldOf([over])).toEqual(['Error running unknown-app-exit app']);
  });

  test('one that crashes while the application runs is its own failure', () => {
    const crashing = pod(50, {
      containers: [
        sidecar(waiting('CrashLoopBackOff'), { restartCount: 3, lastState: ended('containerd://s', 1, 40, 49) }),
        container({ ready: true, containerID: 'containerd://a', state: running(2) }),
      ],
    });
    expect(toldOf([crashing])).toEqual(['CrashLoopBackOff startup unknown-app-exit proxy']);
  });
});

describe('trap 32: restarts that the spec asks for', () => {
  const rule = (operator: string, exitCodes: number[], action = 'Restart') => ({ restartRules: [{ action, operator, exitCodes }] });

  test('by the exit code of a rule, and not by another', () => {
    expect(toldOf([runs, restarted(42, rule('In', [42, 43]))])).toEqual([]);
    expect(toldOf([runs, restarted(1, rule('NotIn', [42]))])).toEqual([]);
    expect(toldOf([runs, restarted(1, rule('In', [42, 43]))])).toEqual(['Error running unknown-app-exit app']);
    expect(toldOf([runs, restarted(42, rule('NotIn', [42]))])).toEqual(['Error running unknown-app-exit app']);
  });

  test('of all containers in place: siblings get an invented 137', () => {
    const sibling = container({
      name: 'log',
      statusIndex: 1,
      ready: true,
      restartCount: 1,
      containerID: 'containerd://m',
      state: running(61),
      lastState: ended('containerd://l', 137, 2, 60, 'RestartingAllContainers'),
    });
    const state = restarted(42, rule('In', [42], 'RestartAllContainers'));
    expect(toldOf([runs, { ...state, containers: [...state.containers, sibling] }])).toEqual([]);
  });

  test('trap 8: exit 0 is the end of work only where the container or the pod does not restart it always', () => {
    expect(toldOf([runs, died(0, 60)])).toEqual(['Error running exits-normally app']);
    expect(toldOf([runs, died(0, 60, {}, { restartPolicy: 'Never' })])).toEqual([]);
    expect(toldOf([runs, died(0, 60, { restartPolicy: 'OnFailure' })])).toEqual([]);
  });
});

describe('trap 34: restarts of one container on purpose', () => {
  test.each([
    ['its definition changed', 'Container app definition changed, will be restarted'],
    ['its resources were resized', 'Container app resize requires restart'],
    [
      'its definition changed, old kubelets',
      'Killing container with id docker://app:Container spec hash changed (1 vs 2).. Container will be killed and recreated.',
    ],
  ])('%s', (_, message) => {
    const kill = event(58, { reason: 'Killing', type: 'Normal', message });
    expect(toldOf([runs, kill, restarted(137)])).toEqual([]);
    expect(
      toldOf([runs, event(30, { reason: 'Killing', type: 'Normal', message: message.replace(/\bapp\b/, 'log') }), restarted(137)]),
    ).toEqual(['Error running unknown-app-exit app']);
  });
});

describe('trap 12: Windows', () => {
  test.each([-1_073_741_510, 3_221_225_786])('%i is how a process ends that is asked to', (exitCode) => {
    expect(toldOf([runs, restarted(exitCode)])).toEqual([]);
  });
});

test('trap 33: an ephemeral container that fails is not the pod failing', () => {
  const debug = container({ name: 'debug', role: 'ephemeral', containerID: 'containerd://d', state: ended('containerd://d', 127, 10, 11) });
  expect(toldOf([{ ...runs, containers: [...runs.containers, debug] }])).toEqual([]);
});

test('trap 15: a start that failed has no life to measure', () => {
  const failed = pod(10, {
    containers: [
      container({
        containerID: 'containerd://a',
        state: {
          terminated: {
            exitCode: 128,
            reason: 'StartError',
            message: 'exec: "run": executable file not found in $PATH',
            startedAt: '1970-01-01T00:00:00Z',
            finishedAt: at(9),
            containerID: 'containerd://a',
          },
        },
      }),
    ],
  });
  expect(toldOf([failed])).toEqual(['RunContainerError container-start command-not-found app']);
});

test('a start that failed under Never has failed for good, at once', () => {
  const failed = pod(10, {
    phase: 'Failed',
    restartPolicy: 'Never',
    containers: [
      container({
        containerID: 'containerd://a',
        state: {
          terminated: {
            exitCode: 128,
            reason: 'StartError',
            message: 'exec: "run": permission denied',
            finishedAt: at(9),
            containerID: 'containerd://a',
          },
        },
      }),
    ],
  });
  expect(toldOf([failed], { now: 11 })).toEqual(['RunContainerError container-start command-not-executable app']);
});

test('trap 29: a pod that ran for weeks and whose image is gone has two failures', () => {
  const state = pod(1000, {
    containers: [
      container({ restartCount: 0, state: waiting('ImagePullBackOff', '401 Unauthorized'), lastState: ended('containerd://a', 2, 2, 900) }),
    ],
  });
  expect(toldOf([runs, state])).toEqual(['Error running unknown-app-exit app', 'ImagePullBackOff image-pull auth-denied app']);
});

test('trap 30: containers of one pod are told one by one', () => {
  const state = pod(60, {
    containers: [
      container({ name: 'migrate', role: 'init', containerID: 'containerd://m', state: ended('containerd://m', 0, 1, 2) }),
      container({ statusIndex: 0, state: waiting('CreateContainerConfigError', 'secret "db" not found') }),
      container({
        name: 'log',
        statusIndex: 1,
        restartCount: 2,
        containerID: 'containerd://l',
        state: waiting('CrashLoopBackOff'),
        lastState: ended('containerd://l', 1, 30, 59),
      }),
    ],
  });
  expect(toldOf([state])).toEqual([
    'CrashLoopBackOff running unknown-app-exit log',
    'CreateContainerConfigError container-config missing-secret app',
  ]);
});

test('trap 35: events of a static pod carry the hash of its manifest in place of its uid', () => {
  const kill = event(58, {
    reason: 'Killing',
    type: 'Normal',
    message: 'Container app definition changed, will be restarted',
    involvedObject: { ...involvedObject, uid: '0123456789abcdef0123456789abcdef', fieldPath: 'spec.containers{app}' },
  });
  expect(toldOf([runs, kill, restarted(137)])).toEqual([]);
});

test('trap 45: a pod that takes the name of an older one does not take its events', () => {
  const old = event(-300, {
    reason: 'TaintManagerEviction',
    type: 'Normal',
    message: 'Marking for deletion',
    involvedObject: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-abcde' },
  });
  const stop = event(-300, {
    reason: 'Killing',
    type: 'Normal',
    message: 'Stopping container app',
    involvedObject: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-abcde', uid: 'pod-0', fieldPath: 'spec.containers{app}' },
  });
  expect(toldOf([old, stop, runs, restarted(143)])).toEqual(['Error running unknown-app-exit app']);
});
