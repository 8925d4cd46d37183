import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { symptoms } from '#core/incident/vocabulary.ts';
import { rules } from '#core/rules/registry.ts';
import type { Rule } from '#core/rules/rule.ts';

const folder = join(import.meta.dirname, '../../../core/rules');

describe('the list of rules', () => {
  test('is the directory, in file-name order', () => {
    const files = readdirSync(folder).filter((file) => readFileSync(join(folder, file), 'utf8').includes('= defineRule({'));
    expect(rules.map((rule) => `${rule.id}.ts`)).toEqual(files.toSorted());
  });

  test('covers every symptom there is', () => {
    expect(new Set(rules.flatMap((rule) => rule.symptoms))).toEqual(new Set(symptoms));
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))('%s fills its row of the decision table', (_, rule) => {
    for (const list of [rule.inspectFirst, rule.commonCauses, rule.advice]) expect(list.length).toBeGreaterThanOrEqual(1);
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.productionRisk).toMatch(/^[a-z].*[^.]$/);
    expect(rule.advice.every((sentence) => /^["A-Z].*\.$/.test(sentence))).toBe(true);
  });
});

describe('the graph of what explains what', () => {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));

  test('names only rules that exist, each once, in order', () => {
    const unknown = rules.flatMap((rule) => rule.explains.filter((id) => !byId.has(id)).map((id) => `${rule.id} explains ${id}`));
    expect(unknown).toEqual([]);
    for (const rule of rules) expect(rule.explains).toEqual([...new Set(rule.explains)].toSorted());
  });

  test('has no cycle', () => {
    expect(rules.flatMap((rule) => cycleFrom(rule, []))).toEqual([]);
  });

  function cycleFrom(rule: Rule, path: readonly string[]): readonly string[] {
    if (path.includes(rule.id)) return [[...path, rule.id].join(' explains ')];
    return rule.explains.flatMap((id) => {
      const next = byId.get(id);
      return next === undefined ? [] : cycleFrom(next, [...path, rule.id]);
    });
  }
});
