import { describe, expect, test } from 'vitest';
import { toWorkloadHistory } from '#core/history/workload-history.ts';
import { findSigns } from '#core/rules/find-signs.ts';
import { defineRule, type Rule, type Sign } from '#core/rules/rule.ts';
import { container, instant, key, pod } from '../../support/build-observations.ts';

const workload = toWorkloadHistory({ key, observations: [pod(1, { containers: [container()] })], now: instant(1000) });

function sign(fields: Partial<Sign> & { from: number; until?: number; opens?: number }): Sign {
  const { from, until, opens = from, ...rest } = fields;
  return {
    symptom: 'Error',
    reason: 'Error',
    phase: 'running',
    cause: 'unexplained',
    basis: 'derived',
    summary: '',
    podUid: 'pod-1',
    container: { name: 'app', role: 'app' },
    deaths: [],
    evidence: [{ id: `EV-${from}`, source: 'pod', path: '', text: '' }],
    ...rest,
    from: instant(from),
    lastAt: instant(from),
    ...(until === undefined ? {} : { until: instant(until) }),
    ...(opens < 0 ? {} : { opensAt: instant(opens) }),
  };
}

function rule(id: string, explains: readonly string[], signs: readonly Sign[]): Rule {
  return defineRule({
    scope: 'pod',
    id,
    title: id,
    symptoms: ['Error'],
    explains,
    inspectFirst: [],
    commonCauses: [],
    productionRisk: '',
    advice: [],
    match: () => signs,
  });
}

function primary(cause: readonly Sign[], effect: readonly Sign[]): readonly string[] {
  return findSigns(workload, [rule('cause', ['effect'], cause), rule('effect', [], effect)]).primary.map((found) => found.rule);
}

describe('one sign explains another', () => {
  test('of the same death, however young the explanation is', () => {
    expect(primary([sign({ from: 10, deaths: ['a'], opens: -1 })], [sign({ from: 10, deaths: ['a'] })])).toEqual(['cause']);
    expect(primary([sign({ from: 10, deaths: ['b'] })], [sign({ from: 10, deaths: ['a'] })])).toEqual(['cause', 'effect']);
  });

  test('of the same container at the same time, once it is an incident itself', () => {
    const effect = sign({ from: 20, until: 60 });
    expect(primary([sign({ from: 10, until: 30 })], [effect])).toEqual(['cause']);
    expect(primary([sign({ from: 10, until: 15 })], [effect])).toEqual(['cause', 'effect']);
    expect(primary([sign({ from: 10, until: 30, opens: -1 })], [effect])).toEqual(['cause', 'effect']);
    expect(primary([sign({ from: 10, opens: 2000 })], [effect])).toEqual(['cause', 'effect']);
  });

  test('not of another container or pod, unless one of both is about the whole pod', () => {
    const effect = sign({ from: 20 });
    expect(primary([sign({ from: 10, container: { name: 'log', role: 'app' } })], [effect])).toEqual(['cause', 'effect']);
    expect(primary([sign({ from: 10, container: { name: 'log', role: 'app' }, wholePod: true })], [effect])).toEqual(['cause']);
    expect(primary([sign({ from: 10, podUid: 'pod-2' })], [effect])).toEqual(['cause', 'effect']);
  });

  test('a sign of the whole pod explains a death only while it lasts', () => {
    const death = sign({ from: 20, deaths: ['a'] });
    expect(primary([sign({ from: 10, until: 30, wholePod: true })], [death])).toEqual(['cause']);
    expect(primary([sign({ from: 10, until: 20, wholePod: true })], [death])).toEqual(['cause', 'effect']);
  });

  test('only along the graph', () => {
    const signs = findSigns(workload, [rule('one', [], [sign({ from: 10 })]), rule('two', [], [sign({ from: 10 })])]);
    expect(signs.primary.map((found) => found.rule)).toEqual(['one', 'two']);
  });

  test('the explanation is kept beside what it explains', () => {
    const { secondary } = findSigns(workload, [rule('cause', ['effect'], [sign({ from: 10 })]), rule('effect', [], [sign({ from: 20 })])]);
    expect(secondary.map((item) => [item.sign.rule, item.explainedBy.rule])).toEqual([['effect', 'cause']]);
  });

  test('a rule of the workload is asked once, whatever the number of pods', () => {
    const two = toWorkloadHistory({ key, observations: [pod(1), { ...pod(1), uid: 'pod-2', id: 'other' }], now: instant(1000) });
    let asked = 0;
    const counting: Rule = {
      ...rule('once', [], []),
      scope: 'workload',
      match: () => {
        asked += 1;
        return [];
      },
    };
    findSigns(two, [counting]);
    expect(asked).toBe(1);
  });
});

test('ten thousand deaths of one container are not compared pair by pair', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => sign({ from: index, deaths: [`d${index}`] }));
  let reads = 0;
  const counted = many.map((item) =>
    Object.defineProperty({ ...item }, 'podUid', {
      enumerable: true,
      get: () => {
        reads += 1;
        return 'pod-1';
      },
    }),
  );
  findSigns(workload, [rule('cause', ['effect'], many), { ...rule('effect', [], []), match: () => counted }]);
  expect(reads).toBeLessThan(10 * many.length);
});
