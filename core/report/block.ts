import type { BlockContent, PhrasingContent, RootContent } from 'mdast';
import type { Inline } from './inline.ts';
import { words } from './inline.ts';
import { visibleText } from './visible-text.ts';

export type Block = RootContent;
export type Cell = readonly Inline[];

/** Headings are constants: renderers derive anchors from them, and nothing from outside may stand in one but as code. */
export function heading(depth: 1 | 2 | 3, ...children: readonly Inline[]): Block {
  return { type: 'heading', depth, children: [...children] };
}

export function paragraph(...children: readonly Inline[]): BlockContent {
  return { type: 'paragraph', children: [...children] };
}

export function quotation(...paragraphs: readonly BlockContent[]): Block {
  return { type: 'blockquote', children: [...paragraphs] };
}

export function bullets(items: readonly (readonly Inline[])[]): Block {
  return {
    type: 'list',
    ordered: false,
    spread: false,
    children: items.map((item) => ({ type: 'listItem', spread: false, children: [paragraph(...item)] })),
  };
}

export function table(header: readonly string[], rows: readonly (readonly Cell[])[]): Block {
  const toRow = (cells: readonly Cell[]) => ({
    type: 'tableRow' as const,
    children: cells.map((cell) => ({ type: 'tableCell' as const, children: [...cell] as PhrasingContent[] })),
  });
  return { type: 'table', align: header.map(() => null), children: [toRow(header.map((title) => [words(title)])), ...rows.map(toRow)] };
}

/** Text from outside in full; the serialiser makes the fence longer than any run of backticks in it. */
export function fence(raw: string, lang: 'text' | 'sh' = 'text'): Block {
  return { type: 'code', lang, value: visibleText(raw).replace(/\n+$/, '') };
}

/** What folded parts are called. Constants: HTML is never made of text from outside. */
export type Summary = 'Logs of what ended' | 'Every state and event, in time order' | 'Records that this document cites';

export function details(summary: Summary, blocks: readonly Block[]): readonly Block[] {
  return [{ type: 'html', value: `<details>\n<summary>${summary}</summary>` }, ...blocks, { type: 'html', value: '</details>' }];
}
