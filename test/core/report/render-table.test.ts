import fc from 'fast-check';
import type { PhrasingContent, Table } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import { expect, test } from 'vitest';
import { table, type Cell } from '../../../core/report/block.ts';
import { renderMarkdown } from '../../../core/report/render-markdown.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('-', '+', ':', ' ', '|', '`', '*', '_', '\\', '<', '1', '.', 'a'), maxLength: 6 }),
  fc.constantFrom('EV-0123abcd', 'T+1m14s', ':-', '-', '- a', '+ 5 s', '1. a', ''),
);
const inline: fc.Arbitrary<PhrasingContent> = fc.oneof(
  text.map((value) => ({ type: 'text' as const, value })),
  text.map((value) => ({ type: 'inlineCode' as const, value: value === '' ? ' ' : value })),
  text.map((value) => ({ type: 'strong' as const, children: [{ type: 'text' as const, value }] })),
  text.map((value) => ({ type: 'link' as const, url: '#ev-0123456789abcdef', children: [{ type: 'text' as const, value }] })),
  fc.constant({ type: 'html' as const, value: '<a id="ev-0123456789abcdef"></a>' }),
);
const cell: fc.Arbitrary<Cell> = fc.array(inline, { maxLength: 3 });

/** Line ends are no part of a cell: whoever quotes has made them visible. */
const isOneLine = (rows: readonly (readonly Cell[])[]): boolean => !/\\[nr]/.test(JSON.stringify(rows));

test('a table is what the library writes, whatever its cells hold', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 4 }).filter(isOneLine), (rows) => {
      const block = table(['UTC', 'Record'], rows) as Table;
      const library = toMarkdown(block, {
        bullet: '-',
        emphasis: '_',
        rule: '-',
        fences: true,
        extensions: [gfmTableToMarkdown({ tablePipeAlign: false })],
      });
      expect(renderMarkdown([block])).toBe(library);
    }),
  );
});
