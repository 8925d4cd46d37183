import type { PhrasingContent } from 'mdast';
import type { EvidenceId } from '../evidence/evidence-id.ts';
import { visibleLine } from './visible-text.ts';

/** What goes into a sentence or a cell. Only `quote` may carry text from outside. */
export type Inline = PhrasingContent;

/** The product's own words, and numbers. Never a name, a message or anything else a cluster can choose. */
export function words(text: string): Inline {
  return { type: 'text', value: text };
}

/** Text from outside: a code span is the one place where Markdown leaves mentions, links and HTML alone. */
export function quote(value: string, max?: number): Inline {
  const line = visibleLine(value, max);
  return { type: 'inlineCode', value: line === '' ? ' ' : line };
}

export function strong(...children: readonly Inline[]): Inline {
  return { type: 'strong', children: [...children] };
}

/** A link to a record in the evidence table of the same document. */
export function evidenceLink(id: EvidenceId, label: string): Inline {
  return { type: 'link', url: `#${anchorOf(id)}`, children: [words(label)] };
}

/** The target of {@link evidenceLink}; the id is hex by construction. */
export function evidenceAnchor(id: EvidenceId): Inline {
  return { type: 'html', value: `<a id="${anchorOf(id)}"></a>` };
}

function anchorOf(id: EvidenceId): string {
  return id.toLowerCase();
}

/** Joins lists of parts with a separator of our own words. */
export function join(parts: readonly (readonly Inline[])[], separator: string): readonly Inline[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [words(separator), ...part]));
}
