import type { RootContent } from 'mdast';

/** A folded part of a document, which Markdown writes as a pair of HTML blocks around others. */
export interface Folded {
  readonly type: 'folded';
  readonly summary: string;
  readonly blocks: readonly DocumentBlock[];
}

export type DocumentBlock = RootContent | Folded;

const opening = /^<details>\s*<summary>([\s\S]*?)<\/summary>\s*$/;

/** Flat blocks as a tree. Every other HTML block falls out: marks and anchors are nothing to see. */
export function nestDetails(blocks: readonly RootContent[]): readonly DocumentBlock[] {
  const levels: { readonly summary: string; readonly blocks: DocumentBlock[] }[] = [{ summary: '', blocks: [] }];
  for (const block of blocks) {
    const html = block.type === 'html' ? block.value.trim() : undefined;
    const summary = html === undefined ? undefined : opening.exec(html)?.[1];
    if (summary !== undefined) levels.push({ summary: plain(summary), blocks: [] });
    else if (html === '</details>' && levels.length > 1) close(levels);
    else if (html === undefined) levels.at(-1)?.blocks.push(block);
  }
  while (levels.length > 1) close(levels);
  return levels[0]?.blocks ?? [];
}

function close(levels: { readonly summary: string; readonly blocks: DocumentBlock[] }[]): void {
  const level = levels.pop();
  if (level !== undefined) levels.at(-1)?.blocks.push({ type: 'folded', ...level });
}

function plain(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}
