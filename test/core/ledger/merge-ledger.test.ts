import { expect, test } from 'vitest';
import { mergeLedger } from '#core/ledger/merge-ledger.ts';
import type { WorkloadLedger } from '#core/ledger/workload-ledger.ts';
import { podRun, rollout, termination, wait, workloadLedger } from '../../support/build-ledger-rows.ts';
import { at, instant } from '../../support/build-observations.ts';

const empty: WorkloadLedger = { from: 0, terminations: [], waits: [], rollouts: [], podRuns: [] };
const failure = (first: number, last: number, deaths: number) => ({
  symptom: 'OOMKilled',
  cause: 'oom-container-limit',
  container: 'app',
  deaths,
  firstAt: at(first),
  lastAt: at(last),
  evidence: 'EV-1',
});

test('while all records are there, what was built replaces what was stored', () => {
  const built = { ...empty, from: instant(0), terminations: [termination(20)] };
  expect(mergeLedger(workloadLedger, built)).toEqual({ ...built, from: instant(0) });
});

test('rows whose records are gone stay, and what is left of them does not overwrite them', () => {
  const built = { ...empty, from: instant(15), terminations: [termination(10, { seenAt: at(16), reason: 'Error' }), termination(30)] };
  const merged = mergeLedger(workloadLedger, built);
  expect(merged.terminations).toEqual([termination(10), termination(30)]);
  expect(merged.waits).toEqual([wait(5)]);
  expect(merged.rollouts).toEqual([rollout(1)]);
});

test('a pod that lives on keeps its beginning', () => {
  const stored = { ...empty, podRuns: [podRun(2)] };
  const built = { ...empty, from: instant(100), podRuns: [podRun(50, { seenAt: at(110), until: at(105) })] };
  expect(mergeLedger(stored, built).podRuns).toEqual([podRun(2, { seenAt: at(110), until: at(105) })]);
});

test('a rollout whose records are gone gains what failed on it since, and the one after it is a rollback to what ran before', () => {
  const other = { ref: 'registry.example/shop/api:2', tag: '2', digest: `sha256:${'cd'.repeat(32)}` };
  const stored = {
    ...empty,
    rollouts: [
      rollout(1, { revision: '1', revisionHash: 'a', failures: [failure(5, 9, 3)] }),
      rollout(10, { revision: '2', revisionHash: 'b', to: other, failures: [failure(12, 20, 2)] }),
    ],
  };
  const seenAgain = rollout(101, {
    revision: '2',
    revisionHash: 'b',
    to: other,
    failures: [failure(102, 103, 1)],
    mechanism: { kind: 'first-seen' },
  });
  const back = rollout(110, { revision: '3', revisionHash: 'a', from: other, memoryLimit: '768Mi' });
  const death = termination(103, { revision: '2', revisionHash: 'b', symptom: 'OOMKilled' });
  const built = { ...empty, from: instant(100), terminations: [death], rollouts: [seenAgain, back] };
  const merged = mergeLedger(stored, built);
  expect(mergeLedger(merged, built)).toEqual(merged);
  expect(
    merged.rollouts.map(({ revision, kind, of, failures }) => [revision, kind, of, failures.map(({ deaths, lastAt }) => [deaths, lastAt])]),
  ).toEqual([
    ['1', 'rollout', undefined, [[3, at(9)]]],
    ['2', 'rollout', undefined, [[3, at(103)]]],
    ['3', 'rollback', '1', []],
  ]);
});

test.each([
  ['ended since', undefined, { lastAt: at(103), endedAt: at(103) }, at(103)],
  ['began again since', at(9), { lastAt: at(103) }, undefined],
  ['is told of by less than is known', at(9), { lastAt: at(8) }, at(9)],
])('a wait that %s', (_, endedAt, since, merged) => {
  const known = { ...failure(5, 9, 0), ...(endedAt === undefined ? {} : { endedAt }) };
  const stored = { ...empty, rollouts: [rollout(1, { revision: '1', failures: [known] })] };
  const built = { ...empty, from: instant(7), rollouts: [rollout(8, { revision: '1', failures: [{ ...failure(8, 8, 0), ...since }] })] };
  expect(mergeLedger(stored, built).rollouts.map(({ failures }) => failures.map((item) => item.endedAt))).toEqual([[merged]]);
});

test('merging twice changes nothing more', () => {
  const built = { ...empty, from: instant(15), terminations: [termination(30)], rollouts: [rollout(40)], podRuns: [podRun(35)] };
  const once = mergeLedger(workloadLedger, built);
  expect(mergeLedger(once, built)).toEqual(once);
});
