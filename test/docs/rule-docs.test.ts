import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ruleDocs } from '../../scripts/rule-docs.ts';

test('docs/rules says what the rules say: run "npm run docs:rules"', () => {
  const dir = join(import.meta.dirname, '..', '..', 'docs', 'rules');
  const kept = new Map(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'utf8')]));
  expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(ruleDocs()));
});
