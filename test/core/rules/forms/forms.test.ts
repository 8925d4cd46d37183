import { describe, expect, test } from 'vitest';
import { rules } from '#core/rules/registry.ts';
import { diagnoseObjects } from '../../../support/diagnose-objects.ts';
import { beforeContainers } from './before-containers.ts';
import { beforeStart } from './before-start.ts';
import type { Look } from './forms.ts';
import { running } from './running.ts';
import { stops } from './stops.ts';

const forms = { ...beforeContainers, ...beforeStart, ...running, ...stops };
const cases = (list: 'found' | 'lookAlikes'): readonly (readonly [rule: string, name: string, look: Look])[] =>
  Object.entries(forms).flatMap(([rule, lists]) => Object.entries(lists[list]).map(([name, look]) => [rule, name, look] as const));

async function rulesIn(look: Look): Promise<readonly string[]> {
  const { findings } = await diagnoseObjects(...look);
  return findings.map((finding) => finding.rule);
}

describe('forms of each failure beyond the recordings', () => {
  test('every rule has three, and two look-alikes', () => {
    expect(Object.keys(forms).toSorted()).toEqual(rules.map((rule) => rule.id).toSorted());
    const thin = Object.entries(forms).filter(
      ([, lists]) => Object.keys(lists.found).length < 3 || Object.keys(lists.lookAlikes).length < 2,
    );
    expect(thin.map(([rule]) => rule)).toEqual([]);
  });

  test.each(cases('found'))('%s: %s', async (rule, _, look) => {
    expect(await rulesIn(look)).toContain(rule);
  });

  test.each(cases('lookAlikes'))('not %s: %s', async (rule, _, look) => {
    expect(await rulesIn(look)).not.toContain(rule);
  });
});
