import { anything, array, assert, constantFrom, dictionary, double, integer, jsonValue, oneof, property, type Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { observationId } from '#core/wire/observation-id.ts';
import { observation, type Draft } from '#core/wire/observation.ts';
import { parseLine } from '#core/wire/parse-line.ts';
import { climbOwners } from '../../../collector/workload/climb-owners.ts';
import { trimEvent } from '../../../collector/trim/trim-event.ts';
import { trimNode } from '../../../collector/trim/trim-node.ts';
import { trimPod } from '../../../collector/trim/trim-pod.ts';
import { trimWorkload } from '../../../collector/trim/trim-workload.ts';
import { lastObject, recordedLines } from '../support/recorded.ts';

const pod = (raw: unknown) => trimPod(raw, workloadOf(raw, 'Pod'));
const kinds = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const;
const trims: readonly (readonly [string, (raw: unknown) => Draft | undefined])[] = [
  ['Pod', pod],
  ['Event', trimEvent],
  ['Node', trimNode],
  ...kinds.map((kind) => [kind, (raw: unknown) => trimWorkload(raw, kind, workloadOf(raw, kind))] as const),
];

function workloadOf(raw: unknown, kind: string) {
  const climb = climbOwners(raw, kind, () => ({ kind: 'ReplicaSet', name: 'r' }));
  return climb.kind === 'top' && climb.workload.name !== '' ? climb.workload : { kind, name: 'x', chain: [] };
}

function expectWire(draft: Draft | undefined): void {
  if (draft === undefined) return;
  const sent = { ...draft, id: observationId(draft), observedAt: '2026-11-22T11:00:00.000Z', cluster: 'test' };
  expect(observation.safeParse(sent)).toMatchObject({ success: true });
  const parsed = parseLine(JSON.stringify(sent));
  expect(parsed.ok ? parsed.observation : parsed.reason).toEqual(sent);
}

const time = '2026-11-22T11:00:00Z';
const odd: Arbitrary<unknown> = oneof(
  constantFrom(
    null,
    undefined,
    '',
    'x',
    'x'.repeat(20_000),
    '\ud83d\ude00'.repeat(9000),
    time,
    '2026-02-30T00:00:00Z',
    -1,
    1e12,
    0.5,
    true,
    [],
    {},
  ),
  constantFrom({ name: 'a' }, [{ name: 'a' }, { name: 'a' }], [null], { __proto__: null, a: 'b' }, [{ type: 'Ready', status: 1 }]),
  jsonValue(),
  integer(),
  double(),
);

/** A recorded object with some of its values, anywhere in it, replaced by odd ones. */
function damage(value: unknown, pick: () => unknown, every: number, counter = { at: 0 }): unknown {
  counter.at += 1;
  if (counter.at % every === 0) return pick();
  if (Array.isArray(value)) return value.map((item: unknown) => damage(item, pick, every, counter));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, damage(item, pick, every, counter)]));
}

const recordedOf: Readonly<Record<string, readonly [string, string]>> = {
  Pod: ['s20-sidecar-crash', 'pods'],
  Event: ['s16-pending-insufficient', 'events'],
  Node: ['s20-sidecar-crash', 'pods'],
  Deployment: ['s24-seed-story', 'deployments'],
  ReplicaSet: ['s24-seed-story', 'replicasets'],
  StatefulSet: ['s22-statefulset-crash', 'statefulsets'],
  DaemonSet: ['s29-daemonset-crash', 'daemonsets'],
  Job: ['s21-job-backofflimit', 'jobs'],
  CronJob: ['s21-job-backofflimit', 'jobs'],
};

describe.each(trims)('%s', (kind, trim) => {
  test('any JSON at all: nothing, or what the wire takes', () => {
    const metadata = { namespace: 'n', name: 'n', uid: 'u', creationTimestamp: time };
    const shaped = dictionary(constantFrom('spec', 'status', 'type', 'message', 'count', 'series', 'source', 'reason'), odd);
    assert(
      property(oneof(odd, anything(), shaped), (raw) => {
        expectWire(trim(raw));
        const withIdentity =
          typeof raw === 'object' && raw !== null ? { involvedObject: { kind: 'Pod', name: 'p' }, ...raw, metadata } : raw;
        expectWire(trim(withIdentity));
      }),
      { numRuns: 300 },
    );
  });

  test('a recorded object with odd values anywhere in it: nothing, or what the wire takes', () => {
    const [recording, resource] = recordedOf[kind]!;
    const whole = lastObject(recording, resource);
    assert(
      property(array(odd, { minLength: 1, maxLength: 8 }), integer({ min: 2, max: 60 }), (values, every) => {
        let next = 0;
        const { metadata, ...rest } = whole;
        const damaged = { ...rest, ...Object(damage(rest, () => values[next++ % values.length], every)), metadata };
        expectWire(trim(damaged));
        next = 0;
        expectWire(trim(damage(whole, () => values[next++ % values.length], every)));
      }),
      { numRuns: 300 },
    );
  });

  test.each(kind === 'Node' || kind === 'Event' ? ['name', 'uid'] : ['namespace', 'name', 'uid'])(
    'without a usable %s there is nothing to say',
    (field) => {
      const [recording, resource] = recordedOf[kind]!;
      const { metadata, ...rest } = lastObject(recording, resource);
      expect(trim({ ...rest, metadata })).toBeDefined();
      expect(trim({ ...rest, metadata: Object.assign({}, metadata, { [field]: 'x'.repeat(300) }) })).toBeUndefined();
      expect(trim({ ...rest, metadata: Object.assign({}, metadata, { [field]: null }) })).toBeUndefined();
    },
  );
});

test('every object of every kind in the recordings is taken', () => {
  const recorded = Object.values(recordedOf).flatMap(([recording, resource]) =>
    recordedLines(recording, resource).map((line) => [resource, line.object] as const),
  );
  for (const [resource, object] of recorded) {
    const draft =
      resource === 'pods'
        ? pod(object)
        : resource === 'events'
          ? trimEvent(object)
          : trimWorkload(object, String(object.kind), workloadOf(object, String(object.kind)));
    expect(draft).toBeDefined();
    expectWire(draft);
  }
});

test('texts are cut between characters, not in the middle of one', () => {
  const event = { ...lastObject('s16-pending-insufficient', 'events'), message: `x${'\ud83d\ude00'.repeat(10_000)}` };
  const message = trimEvent(event)?.message ?? '';
  expect(message.length).toBe(16_383);
  expect(message.isWellFormed()).toBe(true);
});
