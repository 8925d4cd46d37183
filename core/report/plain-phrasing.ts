import type { PhrasingContent } from 'mdast';

/** No character that opens, closes or breaks anything in Markdown where it stands; a hyphen and a plus do so only where a line begins. */
const plainText = /^(?:[A-Za-z0-9 ,:;/…×≈–]|(?<=[A-Za-z0-9])[+-])*$/;
/** Neither a line end nor a grave accent, and no pipe, which ends a cell. */
const plainCode = /^[^\r\n`|]*[^\r\n`| ]$/;

/** Whether a text is its own Markdown, wherever it stands but beside a line end. */
export function isPlainText(value: string): boolean {
  return plainText.test(value);
}

/** The Markdown of a code span that needs neither padding nor a longer fence. */
export function plainCodeSpan(value: string): string | undefined {
  return plainCode.test(value) ? `\`${value}\`` : undefined;
}

/** The Markdown of texts and code spans of which none holds anything to escape; undefined where the serialiser must look. */
export function plainPhrasing(nodes: readonly PhrasingContent[]): string | undefined {
  let markdown = '';
  for (const node of nodes) {
    const part = plainMarkdown(node);
    if (part === undefined) return undefined;
    markdown += part;
  }
  return markdown;
}

function plainMarkdown(node: PhrasingContent): string | undefined {
  if (node.type === 'inlineCode') return plainCodeSpan(node.value);
  // HTML is never made of text from outside.
  if (node.type === 'html') return node.value;
  return node.type === 'text' && isPlainText(node.value) ? node.value : undefined;
}
