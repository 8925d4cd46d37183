import { splitDocument } from './split-document.ts';
import { maxPostedBytes, type TargetDocument } from './target.ts';

/** Left of the budget for the line that numbers a part. */
const numbering = 100;

/** A document as forges take it: without front matter, in as many numbered parts as their budget needs. */
export function postedParts(markdown: string): TargetDocument {
  const parts = splitDocument(markdown, maxPostedBytes - numbering);
  const [first, ...rest] = parts;
  return { mediaType: 'text/markdown', parts: [first, ...rest.map((part, index) => `Part ${index + 2} of ${parts.length}\n\n${part}`)] };
}
