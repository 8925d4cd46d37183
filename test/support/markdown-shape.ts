import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import type { Nodes } from 'mdast';
import { gfm } from 'micromark-extension-gfm';

/** What a reader of GitHub's Markdown makes of a document: cells of each table's rows, counts of node types, raw HTML, addresses. */
export function shapeOf(markdown: string) {
  const tables: number[][] = [];
  const kinds: Record<string, number> = {};
  const html: string[] = [];
  const urls: string[] = [];
  const visit = (node: Nodes) => {
    kinds[node.type] = (kinds[node.type] ?? 0) + 1;
    if (node.type === 'table') tables.push(node.children.map((row) => row.children.length));
    if (node.type === 'html') html.push(node.value);
    if (node.type === 'link' || node.type === 'image') urls.push(node.url);
    if ('children' in node) node.children.forEach((child) => visit(child));
  };
  visit(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return { tables, kinds, html, urls };
}
