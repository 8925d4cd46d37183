import { describe, expect, test } from 'vitest';
import { container, ended, event, log, pod, waiting } from '../../support/build-observations.ts';
import { primaryOf, signsOf, toldOf } from './signs-of.ts';

const message =
  'Exec lifecycle hook ([sh -c register]) for Container "app" in Pod "api" failed - error: command exited with 1: , message: "no agent"';

function killed(seconds: number, id: string, restartCount: number, reason = 'PostStartHookError', text: string | undefined = message) {
  return pod(seconds, {
    containers: [
      container({
        containerID: id,
        restartCount,
        postStart: { exec: { command: ['sh', '-c', 'register'] } },
        state: waiting(reason, text),
        lastState: ended(id, 137, seconds - 6, seconds - 1),
      }),
    ],
  });
}

const backOff = (seconds: number, id: string, restartCount: number) =>
  killed(seconds, id, restartCount, 'CrashLoopBackOff', 'back-off 10s restarting failed container=app pod=api_hooks(1)');

describe('post-start-hook-error', () => {
  test('the kills and the back-offs between them are one stretch, open at the second', () => {
    const signs = signsOf([
      killed(10, 'containerd://a', 0),
      killed(16, 'containerd://b', 1),
      backOff(17, 'containerd://b', 1),
      killed(40, 'containerd://c', 2),
    ]);
    expect(signs).toEqual([
      {
        rule: 'post-start-hook-error',
        symptom: 'PostStartHookError',
        phase: 'container-start',
        cause: 'post-start-hook',
        basis: 'observed',
        container: 'app',
        from: 9,
        until: undefined,
        opens: 15,
        deaths: 3,
      },
    ]);
  });

  test('the words of the hook are quoted, not those of the back-off', () => {
    const [sign] = primaryOf([killed(10, 'containerd://a', 0), backOff(30, 'containerd://a', 0)]);
    expect(sign?.quote).toBe(message);
  });

  test.each([
    ['old kubelets put the output behind the reason', [killed(30, 'containerd://a', 0, 'PostStartHookError: command exited with 126', '')]],
    [
      'only the event tells, the state is back-off already',
      [
        backOff(30, 'containerd://a', 0),
        event(26, { reason: 'Killing', type: 'Normal', message: 'FailedPostStartHook', uid: 'k' }),
        event(26, { reason: 'FailedPostStartHook', message: 'PostStartHook failed', uid: 'f' }),
      ],
    ],
    [
      'an HTTP hook',
      [killed(30, 'cri-o://a', 0, 'PostStartHookError', 'HTTP lifecycle hook (/ready) for Container "app" failed - error: 503')],
    ],
  ])('%s', (_, observations) => {
    expect(toldOf(observations)).toEqual(['PostStartHookError container-start post-start-hook app']);
  });

  test('trap 16: a loop is not the hook when its attempts ended by themselves', () => {
    const crashed = pod(30, {
      containers: [
        container({
          postStart: { exec: { command: ['true'] } },
          containerID: 'containerd://a',
          state: waiting('CrashLoopBackOff'),
          lastState: ended('containerd://a', 1, 24, 29),
        }),
      ],
    });
    expect(toldOf([crashed])).toEqual(['CrashLoopBackOff startup unknown-app-exit app']);
  });

  test('a hook of an earlier attempt does not explain a later crash', () => {
    const later = pod(100, {
      containers: [
        container({
          restartCount: 2,
          containerID: 'containerd://b',
          state: waiting('CrashLoopBackOff'),
          lastState: ended('containerd://b', 1, 70, 99),
        }),
      ],
    });
    const panic = log(100, 'containerd://b', 'panic: runtime error: index out of range [3] with length 2\n\ngoroutine 1 [running]:\n');
    expect(toldOf([killed(10, 'containerd://a', 0), killed(25, 'containerd://a', 0), later, panic])).toEqual([
      'PostStartHookError container-start post-start-hook app',
      'CrashLoopBackOff running code-bug app',
    ]);
  });
});
