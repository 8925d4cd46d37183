import { describe, expect, test } from 'vitest';
import type { ContainerStatus } from '#core/wire/container.ts';
import type { EventObservation } from '#core/wire/event.ts';
import type { Draft } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import { asksForLog, probeFailureOf } from '../../../collector/detect/decide-current-log.ts';
import { decideLogPlace } from '../../../collector/detect/decide-log-place.ts';
import { isEventUrgent, isNodeUrgent, isPodUrgent, isWorkloadUrgent } from '../../../collector/detect/decide-urgency.ts';
import { createPodMemories } from '../../../collector/detect/pod-memories.ts';
import type { PodMemory } from '../../../collector/detect/pod-memory.ts';

const container = (fields: Partial<ContainerStatus>): ContainerStatus => ({ name: 'c', role: 'app', image: 'i', ...fields });
const dead = (containerID: string) => ({ terminated: { containerID, exitCode: 1 } });

test.each<[string, ContainerStatus | undefined, unknown]>([
  ['terminated now', container({ state: dead('x') }), { kind: 'here', previous: false, running: false }],
  [
    'terminated now, another before it',
    container({ state: dead('x'), lastState: dead('w') }),
    { kind: 'here', previous: false, running: false },
  ],
  [
    'the next one runs',
    container({ containerID: 'y', state: { running: {} }, lastState: dead('x') }),
    { kind: 'here', previous: true, running: false },
  ],
  [
    'the next one is terminated too',
    container({ state: dead('y'), lastState: dead('x') }),
    { kind: 'here', previous: true, running: false },
  ],
  [
    'the next one is waited for',
    container({ state: { waiting: {} }, lastState: dead('x') }),
    { kind: 'here', previous: true, running: false },
  ],
  ['runs itself', container({ containerID: 'x', state: { running: {} } }), { kind: 'here', previous: false, running: true }],
  ['two restarts on', container({ state: dead('z'), lastState: dead('y') }), { kind: 'gone' }],
  ['no such container', undefined, { kind: 'gone' }],
])('the log of instance x: %s', (_, status, place) => {
  expect(decideLogPlace(status, 'x')).toEqual(place);
});

function event(fields: Partial<Draft<EventObservation>>): Draft<EventObservation> {
  const involvedObject = { kind: 'Pod', name: 'p', uid: 'u', fieldPath: 'spec.containers{web}' };
  return {
    kind: 'event',
    namespace: 'n',
    name: 'e',
    uid: 'eu',
    resourceVersion: '1',
    involvedObject,
    reason: 'Unhealthy',
    type: 'Warning',
    message: '',
    source: {},
    ...fields,
  };
}

test.each([
  [{ message: 'Readiness probe failed: HTTP probe failed with statuscode: 503' }, { container: 'web', probe: 'Readiness' }],
  [{ message: 'Liveness probe failed: Get "http://10.0.0.1:80/": dial tcp: connection refused' }, { container: 'web', probe: 'Liveness' }],
  [{ message: 'Startup probe errored: rpc error' }, { container: 'web', probe: 'Startup' }],
  [
    { message: 'Liveness probe failed: x', involvedObject: { kind: 'Pod', name: 'p', fieldPath: 'spec.initContainers{proxy}' } },
    { container: 'proxy', probe: 'Liveness' },
  ],
  [{ message: 'Readiness probe failed: x', involvedObject: { kind: 'Pod', name: 'p' } }, undefined],
  [{ reason: 'BackOff', message: 'Liveness probe failed: x' }, undefined],
  [{ message: 'something else' }, undefined],
])('the probe an event is about: %j', (fields, failure) => {
  expect(probeFailureOf(event(fields))).toEqual(failure);
});

describe('whether a failed probe asks for the log', () => {
  const ready = { containerID: 'x', restartCount: 0, dead: [] };
  test.each([
    ['Readiness', { ...ready, unreadySince: 1 }, true],
    ['Readiness', ready, false],
    ['Liveness', ready, true],
    ['Startup', { ...ready, unreadySince: 1 }, true],
    ['Liveness', { ...ready, dead: ['x'] }, false],
    ['Liveness', { restartCount: 0, dead: [] }, false],
  ] as const)('%s of %j: %s', (probe, memory, expected) => {
    expect(asksForLog({ container: 'c', probe }, memory)).toBe(expected);
  });
});

describe('one log per stretch', () => {
  const instance = { namespace: 'n', pod: 'p', podUid: 'u', container: 'c', containerID: 'x' };
  const memory = (fields: object): PodMemory => ({
    namespace: 'n',
    name: 'p',
    hash: 'h',
    containers: new Map([['c', { containerID: 'x', restartCount: 0, dead: [], ...fields }]]),
  });
  const readiness = { container: 'c', probe: 'Readiness' } as const;

  test('a probe takes it, the half minute after it does not; the next stretch is another', () => {
    const memories = createPodMemories();
    memories.set('u', memory({ unreadySince: 5 }));
    expect(memories.takeProbed('u', readiness)).toEqual(instance);
    expect(memories.takeProbed('u', readiness)).toBeUndefined();
    expect(memories.takeUnready('u', { container: 'c', containerID: 'x', since: 5 })).toBeUndefined();
    memories.set('u', memory({ unreadySince: 9 }));
    expect(memories.takeUnready('u', { container: 'c', containerID: 'x', since: 9 })).toEqual(instance);
  });

  test.each([
    ['became ready', memory({})],
    ['was replaced', memory({ containerID: 'y', unreadySince: 5 })],
  ])('nothing to take when it %s', (_, now) => {
    const memories = createPodMemories();
    memories.set('u', now);
    expect(memories.takeUnready('u', { container: 'c', containerID: 'x', since: 5 })).toBeUndefined();
  });

  test('forgotten pods and their logs leave nothing behind', () => {
    const memories = createPodMemories();
    for (const uid of ['a', 'b', 'u']) memories.set(uid, memory({ unreadySince: 5 }));
    memories.takeProbed('u', readiness);
    expect(memories.keepOnly(new Set(['a']), 'other')).toEqual([]);
    expect(memories.keepOnly(new Set(['a']), 'n')).toHaveLength(2);
    expect(memories.size()).toBe(1);
    memories.set('u', memory({ unreadySince: 5 }));
    expect(memories.takeProbed('u', readiness)).toEqual(instance);
  });
});

describe('urgency', () => {
  const pod = (fields: Partial<Draft<PodObservation>>): Draft<PodObservation> => ({
    kind: 'pod',
    namespace: 'n',
    name: 'p',
    uid: 'u',
    resourceVersion: '1',
    createdAt: '2026-11-22T10:00:00Z',
    workload: { kind: 'Pod', name: 'p', chain: [] },
    conditions: [],
    containers: [],
    ...fields,
  });
  const death = (exitCode: number, reason: string) => ({
    container: 'c',
    role: 'app' as const,
    containerID: 'x',
    attempt: 0,
    terminated: { exitCode, reason },
  });
  const waiting = (reason: string) => pod({ containers: [container({ state: { waiting: { reason } } })] });

  test.each([
    ['nothing special', pod({ phase: 'Running' }), [], false],
    ['a death', pod({}), [death(1, 'Error')], true],
    ['an OOM kill that the parent turned into 0', pod({}), [death(0, 'OOMKilled')], true],
    ['a finished init container', pod({}), [death(0, 'Completed')], false],
    ['a failed pod', pod({ phase: 'Failed' }), [], true],
    ['unschedulable', pod({ conditions: [{ type: 'PodScheduled', status: 'False' }] }), [], true],
    ['an image that does not pull', waiting('ErrImagePull'), [], true],
    ['on its way', waiting('ContainerCreating'), [], false],
  ])('%s', (_, draft, deaths, urgent) => {
    expect(isPodUrgent(draft, deaths)).toBe(urgent);
  });

  test('a warning when it appears, not when its count grows; normal events never', () => {
    expect(isEventUrgent(event({}), 'ADDED')).toBe(true);
    expect(isEventUrgent(event({}), 'MODIFIED')).toBe(false);
    expect(isEventUrgent(event({ type: 'Normal' }), 'ADDED')).toBe(false);
  });

  test.each([
    ['Failed', 'True', true],
    ['ReplicaFailure', 'True', true],
    ['Failed', 'False', false],
    ['Available', 'False', false],
  ])('a workload with condition %s %s: %s', (type, status, urgent) => {
    const { conditions: _, phase: __, ...base } = pod({});
    expect(isWorkloadUrgent({ ...base, kind: 'workload', objectKind: 'Job', conditions: [{ type, status }] })).toBe(urgent);
  });

  test.each([
    ['True', false],
    ['Unknown', true],
  ])('a node whose Ready is %s: %s', (status, urgent) => {
    expect(isNodeUrgent({ kind: 'node', name: 'n', uid: 'u', resourceVersion: '1', conditions: [{ type: 'Ready', status }] })).toBe(urgent);
  });
});
