import { describe, expect, test } from 'vitest';
import { observationId } from '#core/wire/observation-id.ts';
import type { ContainerStatus } from '#core/wire/container.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import type { UsageObservation } from '#core/wire/usage.ts';
import { node } from '../../support/build-cluster-observations.ts';
import { at, container, ended, event, log, pod, running, waiting } from '../../support/build-observations.ts';
import { primaryOf, toldOf } from './signs-of.ts';

const limited = { resources: { limits: { memory: '200Mi' } } };

function died(
  exitCode: number,
  { reason, status = {}, ...fields }: Partial<PodObservation> & { reason?: string; status?: Partial<ContainerStatus> } = {},
) {
  const state = ended('containerd://a', exitCode, 2, 60, ...(reason === undefined ? [] : [reason]));
  return pod(61, { containers: [container({ containerID: 'containerd://a', state, ...status })], ...fields });
}

const said = (text: string) => log(61, 'containerd://a', text);
const causes = (observations: Parameters<typeof primaryOf>[0]) =>
  primaryOf(observations).map((sign) => `${sign.symptom} ${sign.cause} ${sign.basis}`);

function usage(bytes: number, seconds: number): UsageObservation {
  const draft = {
    kind: 'usage' as const,
    namespace: 'shop',
    pod: 'api-7d9f-abcde',
    podUid: 'pod-1',
    container: 'app',
    containerID: 'containerd://a',
    samples: [{ at: at(seconds), bytes }],
  };
  return { ...draft, id: observationId(draft), observedAt: at(seconds), cluster: 'test' };
}

describe('seven kinds of memory death', () => {
  const systemOom = event(60, {
    reason: 'SystemOOM',
    message: 'System OOM encountered, victim process: app, pid: 7',
    involvedObject: { kind: 'Node', name: 'node-1' },
  });

  test('the limit of the container, or of the pod', () => {
    expect(causes([died(137, { reason: 'OOMKilled', status: limited })])).toEqual(['OOMKilled oom-container-limit observed']);
    expect(causes([died(137, { reason: 'OOMKilled', resources: { limits: { memory: '1Gi' } } })])).toEqual([
      'OOMKilled oom-container-limit observed',
    ]);
  });

  test('trap 3: the flag is sticky, so any other exit code means another process, and the exit stays open', () => {
    const observations = [died(1, { reason: 'OOMKilled', status: limited }), said('Error: connect ECONNREFUSED 10.0.0.7:5432\n')];
    expect(causes(observations)).toEqual(['OOMKilled oom-child derived']);
    expect(causes([died(0, { reason: 'OOMKilled', restartPolicy: 'Never', phase: 'Succeeded', status: limited })])).toEqual([
      'OOMKilled oom-child derived',
    ]);
  });

  test('an init container that was killed for memory failed, also with exit code 0', () => {
    const init = { name: 'warm', role: 'init' as const, ...limited };
    expect(toldOf([died(0, { reason: 'OOMKilled', status: init })])).toEqual(['OOMKilled running oom-child warm']);
  });

  test('the node', () => {
    expect(causes([died(137, { reason: 'OOMKilled' }), systemOom])).toEqual(['OOMKilled oom-node observed']);
    expect(causes([died(137), systemOom])).toEqual(['Error oom-node derived']);
  });

  test('trap 4: a runtime that lost the report says Error, and the metrics make it suspect', () => {
    const near = usage(195 * 2 ** 20, 55);
    expect(causes([died(137, { status: limited }), near])).toEqual(['Error oom-suspected hypothesis']);
    expect(causes([died(137, { status: limited }), usage(90 * 2 ** 20, 55)])).toEqual(['Error unknown-app-exit derived']);
    expect(causes([died(137, { status: limited }), usage(195 * 2 ** 20, -30)])).toEqual(['Error unknown-app-exit derived']);
    expect(causes([died(143, { status: limited }), near])).toEqual(['Error unknown-app-exit derived']);
  });

  test('trap 1: 137 alone proves nothing', () => {
    expect(causes([died(137, { status: limited })])).toEqual(['Error unknown-app-exit derived']);
  });

  test.each([
    ['Node', 134, 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n'],
    ['a JVM', 3, 'Terminating due to java.lang.OutOfMemoryError: Java heap space\n'],
    ['Go', 2, 'fatal error: runtime: out of memory\n\ngoroutine 1 [running]:\n'],
    [
      'PHP',
      255,
      'PHP Fatal error:  Allowed memory size of 134217728 bytes exhausted (tried to allocate 20480 bytes) in /app/x.php on line 3\n',
    ],
    ['Rust', 134, 'memory allocation of 1073741824 bytes failed\n'],
  ])('the heap of the application: %s', (_, exitCode, text) => {
    expect(causes([died(exitCode), said(text)])).toEqual(['Error oom-in-app-heap derived']);
  });

  test('a worker that was killed under a master that then left', () => {
    expect(causes([died(1, { status: limited }), said('[ERROR] Worker (pid:12) was sent SIGKILL! Perhaps out of memory?\n')])).toEqual([
      'Error worker-oom derived',
    ]);
  });

  test('threads that cannot be made look like memory and are not', () => {
    expect(
      causes([
        died(1),
        said('java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory or process/resource limits reached\n'),
      ]),
    ).toEqual(['Error pids-limit derived']);
  });

  test('too little memory even to start', () => {
    const failed = died(128, {
      reason: 'StartError',
      status: {
        state: {
          terminated: {
            exitCode: 128,
            reason: 'StartError',
            containerID: 'containerd://a',
            finishedAt: at(60),
            message: 'runc create failed: unable to start container process: container init was OOM-killed (memory limit too low?)',
          },
        },
      },
    });
    expect(toldOf([failed])).toEqual(['RunContainerError container-start oom-at-start app']);
  });

  test('trap 5: after the restart it stands only in lastState', () => {
    const later = pod(63, {
      containers: [
        container({
          ...limited,
          ready: true,
          restartCount: 1,
          containerID: 'containerd://b',
          state: running(62),
          lastState: ended('containerd://a', 137, 2, 60, 'OOMKilled'),
        }),
      ],
    });
    expect(causes([later])).toEqual(['OOMKilled oom-container-limit observed']);
  });
});

describe('exit codes', () => {
  test('trap 9: 126 and 127 are the words of a shell in the image', () => {
    expect(causes([died(127)])).toEqual(['Error command-not-found derived']);
    expect(causes([died(126)])).toEqual(['Error command-not-executable derived']);
  });

  test('trap 10: a format error goes to the log of the container after the runtime said "started"', () => {
    expect(causes([died(255), said('exec /app/server: exec format error\n')])).toEqual(['Error arch-mismatch derived']);
    expect(causes([died(1), said('standard_init_linux.go:228: exec user process caused: exec format error\n')])).toEqual([
      'Error arch-mismatch derived',
    ]);
  });

  test('trap 11: host codes of .NET fall on the numbers of signals; the log decides', () => {
    const text = 'You must install or update .NET to run this application.\n\nFramework: "Microsoft.NETCore.App", version "8.0.0" (x64)\n';
    expect(causes([died(150), said(text)])).toEqual(['Error bad-command derived']);
    expect(causes([died(139)])).toEqual(['Error segfault derived']);
  });

  test("trap 14: seccomp, by CRI-O's reason with a space and by the signal", () => {
    expect(causes([died(159, { reason: 'seccomp killed' })])).toEqual(['Error security-profile observed']);
    expect(causes([died(159)])).toEqual(['Error security-profile derived']);
  });

  test.each([
    [-1_073_741_819, 'segfault'],
    [3_221_225_477, 'segfault'],
    [-1_073_741_515, 'missing-module'],
    [-532_462_766, 'code-bug'],
    [-1_073_700_000, 'unknown-app-exit'],
  ])('trap 12: Windows, NTSTATUS %i', (exitCode, cause) => {
    expect(causes([died(exitCode)])).toEqual([`Error ${cause} derived`]);
  });

  test('trap 12: small codes mean nothing on a node that runs Windows', () => {
    expect(causes([died(139, { nodeOs: 'windows' })])).toEqual(['Error unknown-app-exit derived']);
    expect(causes([died(139), node(0, '1', { os: 'windows', conditions: [{ type: 'Ready', status: 'True' }] })])).toEqual([
      'Error unknown-app-exit derived',
    ]);
  });

  test('trap 68: the termination message can be the only words that are left', () => {
    const message = 'panic: runtime error: invalid memory address or nil pointer dereference';
    const state = died(2, { status: { state: { terminated: { ...ended('containerd://a', 2, 2, 60).terminated, message } } } });
    expect(causes([state])).toEqual(['Error code-bug derived']);
  });
});

describe('loops and attempts', () => {
  const dead = (seconds: number, id: string, restartCount: number) =>
    pod(seconds + 1, { containers: [container({ restartCount, containerID: id, state: ended(id, 1, seconds - 2, seconds) })] });

  test('trap 17: a loop needs no back-off to be one', () => {
    expect(causes([dead(10, 'containerd://a', 0), dead(900, 'containerd://b', 1)])).toEqual(
      Array(2).fill('CrashLoopBackOff unknown-app-exit derived'),
    );
  });

  test('trap 18: an attempt that is shown many times died once', () => {
    const shown = [
      dead(10, 'containerd://a', 0),
      pod(12, {
        containers: [
          container({
            restartCount: 0,
            containerID: 'containerd://a',
            state: waiting('CrashLoopBackOff'),
            lastState: ended('containerd://a', 1, 8, 10),
          }),
        ],
      }),
      pod(22, {
        containers: [
          container({ restartCount: 1, containerID: 'containerd://b', state: running(21), lastState: ended('containerd://a', 1, 8, 10) }),
        ],
      }),
    ];
    expect(primaryOf(shown).map((sign) => sign.deaths)).toEqual([['containerd://a']]);
  });

  test('trap 28: the back-off hides what the next attempt would fail of; nothing is guessed about it', () => {
    const state = pod(30, {
      containers: [
        container({
          restartCount: 3,
          containerID: 'containerd://a',
          state: waiting('CrashLoopBackOff', 'back-off 40s restarting failed container=app'),
          lastState: ended('containerd://a', 1, 8, 10),
        }),
      ],
    });
    expect(causes([state])).toEqual(['CrashLoopBackOff unknown-app-exit derived']);
  });

  test('trap 65: the log of another attempt is no evidence', () => {
    expect(causes([dead(10, 'containerd://a', 0), log(11, 'containerd://z', 'panic: boom\n')])).toEqual(['Error unknown-app-exit derived']);
  });

  test('trap 72: the cause stands before the last line', () => {
    const text =
      'Traceback (most recent call last):\n  File "/app/main.py", line 3, in <module>\n    connect()\npsycopg2.OperationalError: could not translate host name "db" to address: Name or service not known\nserver exiting\n';
    expect(causes([dead(10, 'containerd://a', 0), log(11, 'containerd://a', text)])).toEqual(['Error dep-dns derived']);
  });

  test('trap 44: pods that come one after another are told under one container', () => {
    const other = { ...dead(60, 'containerd://b', 0), uid: 'pod-2', name: 'api-7d9f-second' };
    expect(toldOf([dead(10, 'containerd://a', 0), other])).toEqual(Array(2).fill('Error startup unknown-app-exit app'));
  });
});
