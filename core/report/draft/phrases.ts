import type { EvidenceId } from '../../evidence/evidence-id.ts';
import { evidenceLink, quote, words, type Inline } from '../inline.ts';
import { withoutAddresses } from '../without-addresses.ts';

/** Text from outside, without e-mail addresses: a draft names mechanisms, not people. */
export function told(value: string, max = 120): Inline {
  return quote(withoutAddresses(value), max);
}

/** Says what no record shows. Emphasis sets it apart from what one does. */
export function absent(text: string): Inline {
  return { type: 'emphasis', children: [words(text)] };
}

/** Links to the records behind what was just said; the labels are cut to their shortest when the document is complete. */
export function sources(ids: readonly (EvidenceId | undefined)[], max = 2): readonly Inline[] {
  const known = [...new Set(ids.filter((id) => id !== undefined))];
  return known.slice(0, max).flatMap((id) => [words(' '), evidenceLink(id, id)]);
}

/** ` [EV-…] [EV-…]` alone in a cell. */
export function sourceCell(ids: readonly (EvidenceId | undefined)[], max = 2): readonly Inline[] {
  return sources(ids, max).slice(1);
}
