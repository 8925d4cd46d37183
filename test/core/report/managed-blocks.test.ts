import { describe, expect, test } from 'vitest';
import { paragraph } from '#core/report/block.ts';
import { words } from '#core/report/inline.ts';
import { blockHash, findManagedBlocks, managed } from '#core/report/managed-blocks.ts';
import { renderMarkdown } from '#core/report/render-markdown.ts';

function documentOf(...names: readonly string[]): string {
  return renderMarkdown(names.map((name) => managed(name, [paragraph(words(`Content of ${name}.`))])));
}

describe('findManagedBlocks', () => {
  test('finds what managed() wrote, unedited', () => {
    const document = documentOf('summary', 'impact');
    const { blocks, broken } = findManagedBlocks(document);
    expect(broken).toEqual([]);
    expect(blocks.map(({ name, content, line, edited }) => ({ name, content, line, edited }))).toEqual([
      { name: 'summary', content: 'Content of summary.', line: 1, edited: false },
      { name: 'impact', content: 'Content of impact.', line: 7, edited: false },
    ]);
    expect(blocks.map(({ from, to }) => document.slice(from, to))).toEqual([
      `<!-- mortem:begin summary sha256=${blockHash('Content of summary.')} -->\n\nContent of summary.\n\n<!-- mortem:end summary -->`,
      `<!-- mortem:begin impact sha256=${blockHash('Content of impact.')} -->\n\nContent of impact.\n\n<!-- mortem:end impact -->`,
    ]);
  });

  test('one changed letter is an edit', () => {
    const [block] = findManagedBlocks(documentOf('summary').replace('Content', 'content')).blocks;
    expect(block?.edited).toBe(true);
  });

  test('other line ends and other blank lines around the content are none', () => {
    const document = documentOf('summary').replaceAll('\n', '\r\n').replace('-->\r\n\r\n', '-->\r\n');
    expect(findManagedBlocks(document).blocks.map(({ edited, content }) => [edited, content])).toEqual([[false, 'Content of summary.']]);
  });

  test.each([
    ['a mark without its end', '<!-- mortem:begin a sha256=0123456789abcdef -->\ntext\n', [['a', 1]]],
    ['an end without its mark', 'text\n<!-- mortem:end a -->\n', [['a', 2]]],
    [
      'an end of another name',
      '<!-- mortem:begin a sha256=0123456789abcdef -->\n<!-- mortem:end b -->\n<!-- mortem:end a -->\n',
      [
        ['b', 2],
        ['a', 3],
      ],
    ],
    [
      'the same name twice',
      `${documentOf('a')}\n${documentOf('a')}`,
      [
        ['a', 1],
        ['a', 7],
      ],
    ],
  ])('%s is broken', (_, document, broken) => {
    const found = findManagedBlocks(document);
    expect(found.blocks).toEqual([]);
    expect(found.broken.map(({ name, line }) => [name, line])).toEqual(broken);
  });

  test('a mark quoted in a fence, indented, or behind words is text', () => {
    const mark = '<!-- mortem:begin a sha256=0123456789abcdef -->';
    expect(findManagedBlocks(`\`\`\`text\n${mark}\n\`\`\`\n~~~\n${mark}\n~~~~\nSee ${mark}\n    ${mark}\n`)).toEqual({
      blocks: [],
      broken: [],
    });
  });
});
