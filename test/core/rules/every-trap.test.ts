import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const known = 83;

/** Numbers behind the word, as in `trap 6`, `traps 26, 59` and `trap 66 and 67`. */
function trapsNamedIn(text: string): readonly number[] {
  return [...text.matchAll(/\btraps? (\d+(?:(?:, | and )\d+)*)/g)].flatMap(([, list = '']) => list.split(/, | and /).map(Number));
}

function textsOf(folder: string, extension: string): readonly string[] {
  return readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension) && !file.includes('every-trap'))
    .map((file) => readFileSync(resolve(root, folder, file), 'utf8'));
}

/** Titles of tests, not comments beside them. */
function titlesIn(text: string): readonly string[] {
  return [...text.matchAll(/['"`]((?:[^'"`\\\n]|\\.)*\btraps? \d(?:[^'"`\\\n]|\\.)*)['"`]/g)].map(([, title = '']) => title);
}

describe('every pitfall of the field', () => {
  const tested = new Set(textsOf('test', '.test.ts').flatMap(titlesIn).flatMap(trapsNamedIn));
  const explained = new Set(textsOf('docs/decisions', '.md').flatMap(trapsNamedIn));

  test('is named by a test, or by a line that says why it cannot be seen', () => {
    const all = Array.from({ length: known }, (_, index) => index + 1);
    expect(all.filter((trap) => !tested.has(trap) && !explained.has(trap))).toEqual([]);
    expect([...tested, ...explained].filter((trap) => trap < 1 || trap > known)).toEqual([]);
  });

  test('an explanation does not stand in for a test', () => {
    expect([...explained].filter((trap) => !tested.has(trap))).toEqual([]);
  });
});
