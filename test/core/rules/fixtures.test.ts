import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildDiagnosis } from '#core/diagnosis/build-diagnosis.ts';
import { rules } from '#core/rules/registry.ts';
import { readObjects } from '../../../cli/input/read-objects.ts';
import { toObservations } from '../../../cli/input/to-observations.ts';

const root = join(import.meta.dirname, 'fixtures');
const captures = rules.flatMap(({ id }) =>
  existsSync(join(root, id))
    ? readdirSync(join(root, id))
        .filter((name) => name.endsWith('.json'))
        .map((name) => [id, name] as const)
    : [],
);

async function rulesFoundIn(path: string): Promise<readonly string[]> {
  const { observations } = await toObservations(await readObjects(path), 'fixture', new Date(0));
  const now = Math.max(...observations.map((item) => Date.parse(item.observedAt)));
  return buildDiagnosis(observations, now).findings.map((finding) => finding.rule);
}

describe('captured objects', () => {
  test('every folder belongs to a rule', () => {
    const folders = existsSync(root) ? readdirSync(root) : [];
    expect(folders.filter((name) => !rules.some((rule) => rule.id === name))).toEqual([]);
  });

  test.each(captures)('%s: %s', async (id, name) => {
    const found = await rulesFoundIn(join(root, id, name));
    expect({ name, found: found.includes(id) }).toEqual({ name, found: name.startsWith('match-') });
  });
});
