import type { InlineCode, Text } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { defaultHandlers, toMarkdown, type Handle, type Info } from 'mdast-util-to-markdown';
import type { Block } from './block.ts';
import { isPlainText, plainCodeSpan } from './plain-phrasing.ts';
import { renderTable } from './render-table.ts';

const tables = gfmTableToMarkdown({ tablePipeAlign: false });
const codeInTables: Handle = tables.handlers?.inlineCode ?? defaultHandlers.inlineCode;

/** Most texts of a document hold nothing that the serialiser's table could ask to escape, and asking is what costs. */
const text: Handle = (node: Text, parent, state, info) =>
  isPlainText(node.value) && !touchesLineEnd(node.value, info) ? node.value : defaultHandlers.text(node, parent, state, info);

/** A blank beside a line end is the one thing of a plain text that Markdown would lose. */
function touchesLineEnd(value: string, { before, after }: Info): boolean {
  return (/[\r\n]/.test(before) && !/^[A-Za-z0-9]/.test(value)) || (/[\r\n]/.test(after) && value.endsWith(' '));
}

const inlineCode: Handle = Object.assign(
  (node: InlineCode, ...rest: readonly [Parameters<Handle>[1], Parameters<Handle>[2], Info]) =>
    plainCodeSpan(node.value) ?? codeInTables(node, ...rest),
  { peek: () => '`' },
);

/** A document as data to its bytes. Everything is escaped here, in one place, by the serialiser's own table. */
export function renderMarkdown(blocks: readonly Block[]): string {
  return toMarkdown(
    { type: 'root', children: [...blocks] },
    { bullet: '-', emphasis: '_', rule: '-', fences: true, extensions: [tables], handlers: { text, inlineCode, table: renderTable } },
  );
}
