import type { Link, PhrasingContent } from 'mdast';

/**
 * No character that opens, closes or breaks anything in Markdown where it stands: a hyphen and a plus do so only where a line begins, a full
 * stop and a bracket only behind a number there, or behind another bracket.
 */
const plainText = /^(?:[A-Za-z0-9 ,:;/…×≈–']|(?<=[A-Za-z0-9])[+-]|(?<=[A-Za-z])[.)]|(?<= )\()*$/;
/** Neither a line end nor a grave accent, and no pipe, which ends a cell. */
const plainCode = /^[^\r\n`|]*[^\r\n`| ]$/;
/** An address that needs no angle brackets. */
const plainAnchor = /^#[a-z0-9-]+$/;

/** Whether a text is its own Markdown, wherever it stands but beside a line end. */
export function isPlainText(value: string): boolean {
  return plainText.test(value);
}

/** The Markdown of a code span that needs neither padding nor a longer fence. */
export function plainCodeSpan(value: string): string | undefined {
  return plainCode.test(value) ? `\`${value}\`` : undefined;
}

/** The Markdown of texts, code spans and links of which none holds anything to escape; undefined where the serialiser must look. */
export function plainPhrasing(nodes: readonly PhrasingContent[]): string | undefined {
  let markdown = '';
  for (const node of nodes) {
    const part = plainMarkdown(node);
    if (part === undefined) return undefined;
    markdown += part;
  }
  return markdown;
}

/** Most links lead to a record in the same document. */
function plainLink({ url, title, children }: Link): string | undefined {
  const label = plainAnchor.test(url) && !title ? plainPhrasing(children) : undefined;
  return label === undefined ? undefined : `[${label}](${url})`;
}

function plainMarkdown(node: PhrasingContent): string | undefined {
  if (node.type === 'inlineCode') return plainCodeSpan(node.value);
  // HTML is never made of text from outside.
  if (node.type === 'html') return node.value;
  if (node.type === 'link') return plainLink(node);
  return node.type === 'text' && isPlainText(node.value) ? node.value : undefined;
}
