import type { PhrasingContent } from 'mdast';

/** What a reader sees of these parts. */
export function textOf(nodes: readonly PhrasingContent[]): string {
  return nodes
    .map((node) => {
      if ('children' in node) return textOf(node.children);
      return 'value' in node && node.type !== 'html' ? node.value : '';
    })
    .join('');
}

/** The anchor that forges give a heading, so that links within a document work here as there. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9 _-]/g, '')
    .trim()
    .replaceAll(' ', '-')
    .slice(0, 120);
}
