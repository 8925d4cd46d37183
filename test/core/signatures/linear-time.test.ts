import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anyLong } from '../../../core/signatures/texts-in.ts';
import { regexCost } from './regex-cost.ts';
import { regexLiterals } from './regex-literals.ts';

const core = resolve(import.meta.dirname, '../../../core');
const files = ['causes', 'signatures'].flatMap((folder) =>
  readdirSync(join(core, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`),
);
const literals = files.flatMap((file) =>
  regexLiterals(readFileSync(join(core, file), 'utf8')).map((literal) => ({ file, ...literal, ...regexCost(literal.source) })),
);

/** Tries from one start, were all parts of a pattern to overlap: a constant, so cost grows with the text alone. */
const maxWays = 20_000;

describe('every regular expression of the classifiers costs linear time', () => {
  test('the reader finds them all', () => {
    const written = files.filter((file) => /pattern: \//.test(readFileSync(join(core, file), 'utf8')));
    expect(literals.length).toBeGreaterThan(300);
    expect(written.filter((file) => !literals.some((literal) => literal.file === file))).toEqual([]);
  });

  test('one pattern is built from strings, and repeats nothing: it is the texts of the signatures, one beside the other', () => {
    expect(files.filter((file) => /new RegExp\(|RegExp\(/.test(readFileSync(join(core, file), 'utf8')))).toEqual([
      'signatures/texts-in.ts',
    ]);
    expect(anyLong.flags).toBe('');
    const texts = anyLong.source.split('|').map((text) => text.replaceAll(/\\(.)/g, '$1'));
    expect(texts.length).toBeGreaterThan(300);
    expect(texts.filter((text) => !anyLong.test(text) || anyLong.exec(`x${text}`)?.index !== 1)).toEqual([]);
    expect(anyLong.source.replaceAll(/\\./g, '')).not.toMatch(/[*+?{}()[\]^$.]/);
  });

  test('no unbounded or nested quantifier, no look-around, no back reference', () => {
    const bad = literals.filter(({ problems }) => problems.length > 0).map(({ file, source, problems }) => ({ file, source, problems }));
    expect(bad).toEqual([]);
  });

  test('a bounded number of ways per start', () => {
    const dear = literals.filter(({ ways }) => ways > maxWays).map(({ file, source, ways }) => ({ file, source, ways }));
    expect(dear).toEqual([]);
  });

  test('only the pattern that reads a list repeats, and none is sticky or multi-line', () => {
    expect([...new Set(literals.map(({ flags }) => flags))].toSorted()).toEqual(['', 'g', 'i', 's']);
  });
});

describe('the reader of patterns', () => {
  test.each([
    ['(?:a{1,3}){1,4}', ['quantifier {1,4} over a variable part']],
    ['(a+){1,2}', ['unbounded +', 'quantifier {1,2} over a variable part']],
    ['x.*y', ['unbounded *']],
    ['a{2,}', ['unbounded {2,}']],
    ['(a)\\1', ['back reference']],
    ['a(?=b)', ['look-around ?=']],
    ['(?<!a)b', ['look-around ?<!']],
    ['[(*+]\\*(?:ab)?c{3}', []],
  ])('%s', (source, problems) => {
    expect(regexCost(source).problems).toEqual(problems);
  });

  test.each([
    ['a{0,9}.{0,4}x', 50],
    ['a{0,9}b{0,4}c', 1],
    ['.{0,9}x|.{0,4}y', 15],
    ['(?:a.{0,9}b)?.', 20],
    ['[^"]{1,300}": ', 1],
    ['\\S{1,253}: ', 253],
  ])('%s has %d ways', (source, ways) => {
    expect(regexCost(source).ways).toBe(ways);
  });

  test('finds literals and no divisions, comments or strings', () => {
    const code = "const a = 1 / 2; // /no/\nconst b = '/no/';\nconst c = [/x\\/[/]y/g, f(/z/)];\n";
    expect(regexLiterals(code)).toEqual([
      { source: 'x\\/[/]y', flags: 'g' },
      { source: 'z', flags: '' },
    ]);
  });
});
