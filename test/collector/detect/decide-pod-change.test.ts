import { describe, expect, test } from 'vitest';
import type { ContainerStatus } from '#core/wire/container.ts';
import type { Draft } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import { decidePodChange, type PodChange } from '../../../collector/detect/decide-pod-change.ts';
import { trimPod } from '../../../collector/trim/trim-pod.ts';
import { recordedLines } from '../support/recorded.ts';

const workload = { kind: 'Deployment', name: 'd', chain: [] };
const now = Date.parse('2026-11-22T11:00:00Z');

function pod(containers: readonly Partial<ContainerStatus>[], extra: Partial<Draft<PodObservation>> = {}): Draft<PodObservation> {
  return {
    kind: 'pod',
    namespace: 'n',
    name: 'p',
    uid: 'u',
    resourceVersion: '1',
    createdAt: '2026-11-22T10:00:00Z',
    workload,
    conditions: [],
    containers: containers.map((container) => ({ name: 'c', role: 'app', image: 'i', ...container })),
    ...extra,
  };
}

const died = (containerID: string, exitCode = 1) => ({ terminated: { containerID, exitCode } });
const running = (startedAt = '2026-11-22T10:59:50Z') => ({ running: { startedAt } });
const brief = ({ changed, deaths }: PodChange) => ({
  changed,
  deaths: deaths.map(({ containerID, attempt }) => `${containerID}#${attempt}`),
});

describe('what counts as a change', () => {
  const before = decidePodChange(pod([{ ready: true }]), undefined, now).memory;

  test.each<[string, Draft<PodObservation>, boolean]>([
    ['nothing but the version', pod([{ ready: true }], { resourceVersion: '2' }), false],
    ['owners that became known', pod([{ ready: true }], { workload: { ...workload, uid: 'x' } }), false],
    ['readiness', pod([{ ready: false }]), true],
    ['a condition', pod([{ ready: true }], { conditions: [{ type: 'Ready', status: 'True' }] }), true],
    ['the deletion', pod([{ ready: true }], { deleted: true }), true],
  ])('%s', (_, draft, changed) => {
    expect(decidePodChange(draft, before, now).changed).toBe(changed);
  });

  test('the first sight of a pod', () => {
    expect(decidePodChange(pod([]), undefined, now).changed).toBe(true);
  });
});

describe('deaths', () => {
  test.each<[string, Partial<ContainerStatus>[], string[]]>([
    ['the first, while it is terminated', [{ restartCount: 0, state: died('a') }], ['a#0']],
    [
      'the same, seen as lastState of the next',
      [
        { restartCount: 0, state: died('a') },
        { restartCount: 1, state: running(), lastState: died('a') },
      ],
      ['a#0'],
    ],
    [
      'killed by a probe: never terminated',
      [
        { restartCount: 0, state: running() },
        { restartCount: 1, state: running(), lastState: died('a') },
      ],
      ['a#0'],
    ],
    ['waiting: lastState is the latest attempt', [{ restartCount: 3, state: { waiting: {} }, lastState: died('d') }], ['d#3']],
    ['two at once', [{ restartCount: 1, state: died('b'), lastState: died('a') }], ['a#0', 'b#1']],
    [
      'without a containerID it never was',
      [{ restartCount: 0, state: { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown' } } }],
      [],
    ],
    [
      'an old death shown as terminated again',
      [
        { restartCount: 2, state: { waiting: {} }, lastState: died('c') },
        { restartCount: 2, state: died('c') },
      ],
      ['c#2'],
    ],
    ['a counter that is not there', [{ state: running(), lastState: died('a') }], ['a#0']],
  ])('%s', (_, states, expected) => {
    let memory: PodChange['memory'] | undefined;
    const deaths = states.flatMap((state) => {
      const change = decidePodChange(pod([state]), memory, now);
      memory = change.memory;
      return brief(change).deaths;
    });
    expect(deaths).toEqual(expected);
  });

  test.each([
    ['s12-oom-main', 4],
    ['s09-liveness-kills-slow-boot', 5],
    ['s22-statefulset-crash', 11],
    ['s24-seed-story', 5],
    ['s26-job-complete', 1],
  ])('every death of %s once', (recording, count) => {
    const memories = new Map<string, PodChange['memory']>();
    const ids = recordedLines(recording, 'pods').flatMap(({ object }) => {
      const draft = trimPod(object, workload)!;
      const change = decidePodChange(draft, memories.get(draft.uid), now);
      memories.set(draft.uid, change.memory);
      return change.deaths.map(({ containerID }) => containerID);
    });
    expect(new Set(ids).size).toBe(count);
    expect(ids).toHaveLength(count);
  });
});

describe('stretches of not being ready', () => {
  const started = Date.parse('2026-11-22T10:59:50Z');

  test.each<[string, Partial<ContainerStatus>[], unknown[][]]>([
    ['a start', [{ containerID: 'a', state: running() }], [[{ container: 'c', containerID: 'a', since: started }]]],
    [
      'no news while it lasts',
      [
        { containerID: 'a', state: running() },
        { containerID: 'a', state: running(), started: true },
      ],
      [[{ container: 'c', containerID: 'a', since: started }], []],
    ],
    ['a start into readiness', [{ containerID: 'a', state: running(), ready: true }], [[]]],
    [
      'readiness lost',
      [
        { containerID: 'a', state: running(), ready: true },
        { containerID: 'a', state: running(), ready: false },
      ],
      [[], [{ container: 'c', containerID: 'a', since: now }]],
    ],
    [
      'the next instance',
      [
        { containerID: 'a', state: running() },
        { containerID: 'b', state: running('2026-11-22T10:59:58Z') },
      ],
      [[{ container: 'c', containerID: 'a', since: started }], [{ container: 'c', containerID: 'b', since: started + 8000 }]],
    ],
    ['waiting is not running', [{ containerID: 'a', state: { waiting: {} } }], [[]]],
  ])('%s', (_, states, expected) => {
    let memory: PodChange['memory'] | undefined;
    const seen = states.map((state) => {
      const change = decidePodChange(pod([state]), memory, now);
      memory = change.memory;
      return change.unready;
    });
    expect(seen).toEqual(expected);
  });
});
