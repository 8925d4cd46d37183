import type { Nodes, Table } from 'mdast';
import type { Block } from '../block.ts';

/** Blocks as Slack's mrkdwn. Evidence links become their labels: there is nothing in a message they could lead to. */
export function slackText(blocks: readonly Block[]): string {
  return blocks
    .map(textOf)
    .filter((text) => text !== '')
    .join('\n\n');
}

/** The three characters Slack reads as control characters, wherever they stand. */
export function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function textOf(node: Nodes): string {
  switch (node.type) {
    case 'text':
      return escapeSlack(node.value);
    case 'inlineCode':
      // A span ends at the first backtick, and nothing escapes one.
      return `\`${escapeSlack(node.value.replaceAll('`', "'"))}\``;
    case 'strong':
      return `*${inside(node, '')}*`;
    case 'emphasis':
      return `_${inside(node, '')}_`;
    case 'table':
      return rowsOf(node);
    case 'list':
      return node.children.map((item, index) => `${node.ordered === true ? `${index + 1}.` : '•'} ${inside(item, '\n')}`).join('\n');
    case 'blockquote':
      return inside(node, '\n')
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n');
    case 'code':
      return `\`\`\`\n${escapeSlack(node.value.replaceAll('`', "'"))}\n\`\`\``;
    case 'html':
      return '';
    default:
      return 'children' in node ? inside(node, '') : '';
  }
}

function inside(node: Extract<Nodes, { children: unknown }>, separator: string): string {
  return node.children.map((child) => textOf(child)).join(separator);
}

/** There are no tables in a message: each row is an item. What the first columns are needs no name. */
function rowsOf({ children: [head, ...rows] }: Table): string {
  const names = (head?.children ?? []).map((cell) => inside(cell, ''));
  const leading = names[0] === '#' ? 2 : 1;
  return rows
    .map((row) => {
      const cells = row.children.map((cell) => inside(cell, ''));
      const named = cells.slice(leading).flatMap((text, index) => (text === '' ? [] : [`${names[index + leading] ?? ''}: ${text}`]));
      return `• ${[cells.slice(0, leading).join(' '), ...named].join('; ')}`;
    })
    .join('\n');
}
