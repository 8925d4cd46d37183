import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import type { Block } from './block.ts';

/** A document as data to its bytes. Everything is escaped here, in one place, by the serialiser's own table. */
export function renderMarkdown(blocks: readonly Block[]): string {
  return toMarkdown(
    { type: 'root', children: [...blocks] },
    { bullet: '-', emphasis: '_', rule: '-', fences: true, extensions: [gfmTableToMarkdown({ tablePipeAlign: false })] },
  );
}
