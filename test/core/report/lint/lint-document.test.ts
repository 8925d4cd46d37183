import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paragraph, table } from '#core/report/block.ts';
import { evidenceAnchor, evidenceLink, quote, words, type Inline } from '#core/report/inline.ts';
import { lintDocument } from '#core/report/lint/lint-document.ts';
import type { LintRule } from '#core/report/lint/lint-finding.ts';
import { withoutCode } from '#core/report/lint/without-code.ts';
import { managed } from '#core/report/managed-blocks.ts';
import { renderMarkdown } from '#core/report/render-markdown.ts';
import { rules } from '#core/rules/registry.ts';
import { causeMeanings } from '#core/causes/cause-meanings.ts';
import { forbiddenPhrases } from '#core/report/lint/forbidden-phrases.ts';

const id = 'EV-aaaaaaaaaaaaaaaa';
const cited = [words(' '), evidenceLink(id, 'EV-aaaaaaaa')];
const index = managed('evidence', [table(['Id', 'Record'], [[[evidenceAnchor(id), words('EV-aaaaaaaa')], [quote('a record')]]])]);

function documentWith(...blocks: Parameters<typeof renderMarkdown>[0]): string {
  return renderMarkdown([...blocks, index]);
}

function found(document: string): readonly (readonly [LintRule, number])[] {
  return lintDocument(document).map(({ rule, line }) => [rule, line]);
}

const clean = documentWith(managed('summary', [paragraph(words('It failed'), ...cited, words('.'))]));

test('a document with nothing open or wrong', () => {
  expect(found(clean)).toEqual([]);
});

describe('open questions', () => {
  test('each mark counts, wherever it stands', () => {
    expect(found(`**Owner** TODO(human) · **Severity** TODO(human)\n\n- [ ] **TODO(human):** Why?\n\n${clean}`)).toEqual([
      ['open-todo', 1],
      ['open-todo', 1],
      ['open-todo', 3],
    ]);
  });

  test('a ticked box is an answer; a quoted mark is a quotation', () => {
    expect(
      found(`- [x] **TODO(human):** Why? Because.\n\nWe search for \`TODO(human)\`.\n\n\`\`\`text\nTODO(human)\n\`\`\`\n\n${clean}`),
    ).toEqual([]);
  });
});

describe('claims', () => {
  const claim = (name: string, ...inlines: readonly Inline[]) => lintDocument(documentWith(managed(name, [paragraph(...inlines)])));

  test('a statement of a generated part needs a record', () => {
    expect(claim('summary', words('It failed.')).map(({ rule, text }) => [rule, text])).toEqual([
      ['claim-without-evidence', 'This statement in the generated part "summary" names no evidence id.'],
    ]);
    expect(claim('impact', words('It failed'), ...cited)).toEqual([]);
    expect(claim('recurrence', words('Before it '), quote('INC-0123456789abcdef'))).toEqual([]);
  });

  test('fixed text, questions, and what no record shows need none', () => {
    expect(claim('advice', words('Read the log.'))).toEqual([]);
    expect(claim('questions', words('Why?'))).toEqual([]);
    expect(claim('impact', { type: 'emphasis', children: [words('Users: unknown.')] })).toEqual([]);
  });

  test('an id inside a code span is a quotation, not a source', () => {
    expect(claim('summary', words('It said '), quote(`see ${id}`)).map(({ rule }) => rule)).toEqual(['claim-without-evidence']);
  });

  test('each row of a table is a statement, its head is none', () => {
    const rows = table(
      ['Step', 'Found'],
      [
        [[words('1')], [words('all well'), ...cited]],
        [[words('2')], [words('all broken')]],
      ],
    );
    expect(found(documentWith(managed('steps', [rows])))).toEqual([['claim-without-evidence', 6]]);
  });

  test('what people write needs no record', () => {
    expect(found(`It was the moon.\n\n${clean}`)).toEqual([]);
  });
});

describe('evidence ids', () => {
  test('that are not in the table, linked or only written', () => {
    expect(
      found(`See [this](#ev-bbbbbbbbbbbbbbbb) and EV-cccccccc, also EV-aaaaaaaa and [EV-aaaaaaaa](#${id.toLowerCase()}).\n\n${clean}`),
    ).toEqual([
      ['dangling-evidence', 1],
      ['dangling-evidence', 1],
    ]);
  });
});

describe('managed blocks', () => {
  test('an edited one is worth a note, a broken one is an error', () => {
    const edited = clean.replace('It failed', 'It fell over');
    expect(lintDocument(edited).map(({ rule, level, line }) => [rule, level, line])).toEqual([['edited-block', 'note', 1]]);
    expect(found(clean.replace('<!-- mortem:end summary -->', ''))).toEqual([['broken-block', 1]]);
  });
});

describe('words that judge', () => {
  const said = (text: string) => found(documentWith(managed('summary', [paragraph(words(text), ...cited)])));

  test.each([
    'The root cause is here',
    'Caused by a rollout',
    'human error',
    'a mistake',
    'It should have started',
    'the fault of nobody',
    'an outage',
    'Obviously',
    'clearly',
  ])('%s', (text) => {
    expect(said(text)).toEqual([['forbidden-phrase', 3]]);
  });

  test('not inside other words, not in quotations, not in headings, not in what people write', () => {
    expect(said('a segfault offered unclearly')).toEqual([]);
    expect(found(documentWith(managed('summary', [paragraph(words('It said '), quote('Caused by: java.lang.Error'), ...cited)])))).toEqual(
      [],
    );
    expect(found(`## Root cause(s)\n\nClearly a mistake.\n\n${clean}`)).toEqual([]);
  });

  test('none of them is in the fixed text that drafts are made of', () => {
    const fixed = [
      ...rules.flatMap((rule) => [rule.productionRisk, ...rule.advice, ...rule.commonCauses, ...rule.inspectFirst]),
      ...Object.values(causeMeanings),
    ];
    expect(fixed.flatMap((text) => forbiddenPhrases(text).map((phrase) => `${phrase}: ${text}`))).toEqual([]);
  });
});

describe('tables', () => {
  test.each([
    ['a row with a cell too many', '| a | b |\n| - | - |\n| 1 | 2 | 3 |\n', [['table', 3]]],
    ['a row with a cell too few', '| a | b |\n| - | - |\n| 1 |\n', [['table', 3]]],
    ['no row of dashes', '| a | b |\n| 1 | 2 |\n', [['table', 1]]],
    ['a bar that is escaped, also inside a code span', '| a | b |\n| - | - |\n| `x \\| y` | 2 |\n', []],
    ['a bar inside a code span that is not escaped', '| a | b |\n| - | - |\n| `x | y` | 2 |\n', [['table', 3]]],
    ['a row without its last bar', '| a | b |\n| - | - |\n| 1 | 2\n', []],
    ['a table in a fence', '```text\n| a |\n| b | c |\n```\n', []],
  ])('%s', (_, document, expected) => {
    expect(found(document)).toEqual(expected);
  });
});

test('a document that is too large for one post', () => {
  expect(lintDocument(`${'ä'.repeat(30_000)}\n`).map(({ rule, level }) => [rule, level])).toEqual([['size', 'note']]);
  expect(lintDocument('ä'.repeat(30_000))).toEqual([]);
  expect(lintDocument('long', { maxBytes: 3 }).map(({ rule }) => rule)).toEqual(['size']);
});

describe('whatever is in the file', () => {
  test('is read without a fault, and lines are lines of the file', () => {
    const lines = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom('```', '| a |', '| - |', '<!-- mortem:end a -->', '- [ ] **TODO(human):**', '`', '``'),
      ),
      {
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(lines, (all) => {
        const document = all.join('\n');
        const count = document.split('\n').length;
        expect(lintDocument(document).every(({ line }) => line >= 1 && line <= count)).toBe(true);
      }),
    );
  });

  test('many backticks cost no more than few', () => {
    const runs = Array.from({ length: 20_000 }, (_, length) => '`'.repeat((length % 300) + 1)).join(' ');
    const started = performance.now();
    withoutCode(runs);
    // Generous: quadratic time would be minutes.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
