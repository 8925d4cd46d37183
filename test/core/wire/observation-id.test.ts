import { describe, expect, test } from 'vitest';
import { canonicalText } from '#core/wire/canonical-text.ts';
import { observationId } from '#core/wire/observation-id.ts';
import type { Draft } from '#core/wire/observation.ts';
import { event, pod } from '../../support/build-observations.ts';

function draftOf<T extends object>(observation: T): Draft {
  const { id: _id, observedAt: _at, cluster: _cluster, ...draft } = observation as T & { id: string; observedAt: string; cluster: string };
  return draft as unknown as Draft;
}

describe('observationId', () => {
  const state = pod(0, { resourceVersion: '7' });

  test('does not depend on the observer: its clock, its cluster name, the owners it could resolve, the order of keys', () => {
    const draft = draftOf(state) as Extract<Draft, { kind: 'pod' }>;
    const reordered = Object.fromEntries(Object.entries(draft).toReversed()) as unknown as Draft;
    const unresolved: Draft = { ...draft, workload: { kind: 'ReplicaSet', name: 'api-7d9f', chain: [] } };
    expect([observationId(reordered), observationId(unresolved)]).toEqual([observationId(draft), observationId(draft)]);
  });

  test('tells A → B → A apart by resourceVersion, and two contents of one version by content', () => {
    const a = observationId(draftOf(pod(0, { resourceVersion: '7' })));
    const again = observationId(draftOf(pod(0, { resourceVersion: '9' })));
    const other = observationId(draftOf(pod(0, { resourceVersion: '7', phase: 'Pending' })));
    expect(new Set([a, again, other]).size).toBe(3);
  });

  test('an event is its uid and version, whatever its text', () => {
    const first = draftOf(event(0, { uid: 'e1', resourceVersion: '5', reason: 'Failed', message: 'a' }));
    const same = draftOf(event(9, { uid: 'e1', resourceVersion: '5', reason: 'Failed', message: 'b' }));
    const later = draftOf(event(9, { uid: 'e1', resourceVersion: '6', reason: 'Failed', message: 'b' }));
    expect(observationId(first)).toBe(observationId(same));
    expect(observationId(first)).not.toBe(observationId(later));
  });
});

test('keys that look like numbers, or like a prototype, change no hash by their order', () => {
  const one: unknown = JSON.parse('{"10":{"b":1,"a":null},"9":[{"z":1,"y":2}],"__proto__":{"k":1},"a":3}');
  const other: unknown = JSON.parse('{"a":3,"__proto__":{"k":1},"9":[{"y":2,"z":1}],"10":{"b":1}}');
  expect(canonicalText(one)).toBe('{"9":[{"y":2,"z":1}],"10":{"b":1},"__proto__":{"k":1},"a":3}');
  expect(canonicalText(other)).toBe(canonicalText(one));
});
