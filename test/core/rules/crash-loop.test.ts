import { describe, expect, test } from 'vitest';
import { container, ended, log, pod, running, waiting } from '../../support/build-observations.ts';
import { signsOf } from './signs-of.ts';

function died(seconds: number, id: string, exitCode: number, restartCount = 0, lived = 2) {
  return pod(seconds + 1, {
    containers: [container({ restartCount, containerID: id, state: ended(id, exitCode, seconds - lived, seconds) })],
  });
}

describe('crash-loop', () => {
  test('one death is an Error; a second in the same pod makes both a CrashLoopBackOff', () => {
    expect(signsOf([died(10, 'containerd://a', 1)]).map((sign) => [sign.symptom, sign.cause, sign.phase])).toEqual([
      ['Error', 'unknown-app-exit', 'startup'],
    ]);
    const both = signsOf([died(10, 'containerd://a', 1), died(30, 'containerd://b', 1, 1)]);
    expect(both.map((sign) => [sign.symptom, sign.from, sign.until])).toEqual([
      ['CrashLoopBackOff', 10, undefined],
      ['CrashLoopBackOff', 30, undefined],
    ]);
  });

  test('the restart counter proves a loop of which one death was seen', () => {
    const seen = pod(40, {
      containers: [
        container({
          restartCount: 4,
          containerID: 'containerd://e',
          state: waiting('CrashLoopBackOff'),
          lastState: ended('containerd://e', 1, 30, 35),
        }),
      ],
    });
    expect(signsOf([seen]).map((sign) => [sign.symptom, sign.from, sign.deaths])).toEqual([['CrashLoopBackOff', 35, 1]]);
  });

  test('a back-off without any death record is a loop of which nothing else is known', () => {
    const seen = pod(40, { containers: [container({ restartCount: 4, state: waiting('CrashLoopBackOff') })] });
    expect(signsOf([seen]).map((sign) => [sign.symptom, sign.cause, sign.basis, sign.deaths])).toEqual([
      ['CrashLoopBackOff', 'unknown-app-exit', 'derived', 0],
    ]);
  });

  test('a death that lived ten seconds without probes was running; with a readiness probe it must have been ready', () => {
    expect(signsOf([died(30, 'containerd://a', 1, 0, 12)])[0]?.phase).toBe('running');
    const readinessProbe = { httpGet: { path: '/', port: '80' } };
    const dead = ended('containerd://a', 1, 5, 30);
    const state = pod(31, { containers: [container({ readinessProbe, containerID: 'containerd://a', state: dead })] });
    expect(signsOf([state])[0]?.phase).toBe('startup');
    const ready = pod(10, { containers: [container({ readinessProbe, ready: true, containerID: 'containerd://a', state: running(5) })] });
    expect(signsOf([ready, state])[0]?.phase).toBe('running');
  });

  test('the log of the attempt names the cause; the log of another attempt does not', () => {
    const text = 'Error: DATABASE_URL is not set\n    at main (/app/server.js:3:9)\n';
    expect(signsOf([died(10, 'containerd://a', 1), log(11, 'containerd://a', text)])[0]?.cause).toBe('missing-config');
    expect(signsOf([died(10, 'containerd://a', 1), log(11, 'containerd://b', text)])[0]?.cause).toBe('unknown-app-exit');
  });

  test('exit code 0 under Always loops; under OnFailure it is a completion', () => {
    expect(signsOf([died(10, 'containerd://a', 0)]).map((sign) => [sign.symptom, sign.cause])).toEqual([['Error', 'exits-normally']]);
    const done = pod(11, {
      restartPolicy: 'OnFailure',
      containers: [container({ containerID: 'containerd://a', state: ended('containerd://a', 0, 5, 10) })],
    });
    expect(signsOf([done])).toEqual([]);
  });

  test('an init container that ends well is silent, one that does not fails in init', () => {
    const init = (exitCode: number) =>
      pod(11, {
        phase: 'Pending',
        containers: [
          container({ name: 'migrate', role: 'init', containerID: 'containerd://a', state: ended('containerd://a', exitCode, 5, 10) }),
        ],
      });
    expect(signsOf([init(0)])).toEqual([]);
    expect(signsOf([init(1)]).map((sign) => [sign.symptom, sign.container])).toEqual([['Error', 'migrate']]);
  });

  test.each([
    ['an invented end', ended('containerd://a', 137, 0, 10, 'ContainerStatusUnknown')],
    ['a start that failed', ended('containerd://a', 128, 0, 10, 'StartError')],
  ])('%s is not an exit of the process', (_, state) => {
    expect(
      signsOf([pod(11, { containers: [container({ containerID: 'containerd://a', state })] })]).filter(
        (sign) => sign.rule === 'crash-loop',
      ),
    ).toEqual([]);
  });

  test('an ephemeral container never decides', () => {
    const debug = container({
      name: 'debugger',
      role: 'ephemeral',
      containerID: 'containerd://a',
      state: ended('containerd://a', 1, 5, 10),
    });
    expect(
      signsOf([pod(11, { containers: [container({ ready: true, state: running(1), containerID: 'containerd://c' }), debug] })]),
    ).toEqual([]);
  });
});
