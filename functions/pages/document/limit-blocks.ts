import type { RootContent } from 'mdast';

/** What one page shows of a table and of a log; the rest is in the Markdown. */
const maxRows = 120;
const maxCodeCharacters = 6000;
/** Characters of text on one page: with the tags around them they stay well below what a page may weigh. */
const maxCharacters = 60_000;

/** As much of a document as a page can carry. What is left out is said where it would stand. */
export function limitBlocks(blocks: readonly RootContent[]): readonly RootContent[] {
  let left = maxCharacters;
  let omitted = 0;
  const kept = blocks.flatMap((block): readonly RootContent[] => {
    if (block.type === 'html') return [block];
    const [short, ...notes] = shorten(block);
    if (short === undefined) return [];
    const size = sizeOf(short);
    if (size > left && block.type !== 'heading') {
      omitted += 1;
      return [];
    }
    left -= size;
    return [short, ...notes];
  });
  return omitted === 0
    ? kept
    : [remark(`This document is long: ${omitted} of its parts are left out on this page. Open the Markdown for all of it.`), ...kept];
}

function shorten(block: RootContent): readonly RootContent[] {
  if (block.type === 'table' && block.children.length > maxRows + 1) {
    const rows = block.children.length - 1;
    return [{ ...block, children: block.children.slice(0, maxRows + 1) }, remark(`${rows - maxRows} more rows are in the Markdown.`)];
  }
  if (block.type === 'code' && block.value.length > maxCodeCharacters) {
    // A log tells most at its end.
    return [{ ...block, value: `…\n${block.value.slice(-maxCodeCharacters)}` }, remark('The beginning is in the Markdown.')];
  }
  return [block];
}

function remark(text: string): RootContent {
  return { type: 'paragraph', children: [{ type: 'emphasis', children: [{ type: 'text', value: text }] }] };
}

/** A table cell costs its tags, an evidence link its address. */
function sizeOf(node: RootContent): number {
  if ('children' in node) return node.children.reduce((sum, child) => sum + sizeOf(child) + 8, node.type === 'link' ? 40 : 0);
  return 'value' in node ? node.value.length : 0;
}
