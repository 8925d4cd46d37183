import type { BlockContent } from 'mdast';
import { paragraph, type Block } from '../../block.ts';
import { words, type Inline } from '../../inline.ts';
import { visibleLine } from '../../visible-text.ts';
import type { DraftInput, DraftSection } from '../draft-input.ts';
import type { Factor } from '../factors/factor.ts';
import { absent } from '../phrases.ts';

const longestHeading = 80;

/** Only what the spec and the history prove; what else played a part is for people to say. */
export function factorsSection({ options }: DraftInput, factors: readonly Factor[]): DraftSection {
  const heading = options.heading === undefined ? '' : visibleLine(options.heading, longestHeading);
  return {
    name: 'factors',
    heading: [words(heading === '' ? 'Contributing factors that can be proved' : heading)],
    generated: [
      factors.length === 0
        ? paragraph(absent('None can be proved from the spec or the history.'))
        : numbered(factors.map(({ what }) => what)),
    ],
    prompts: ['How did each make this possible or worse? What else did, that no spec shows?'],
  };
}

function numbered(items: readonly (readonly Inline[])[]): Block {
  return {
    type: 'list',
    ordered: true,
    start: 1,
    spread: false,
    children: items.map((item) => ({ type: 'listItem' as const, spread: false, children: [paragraph(...item)] satisfies BlockContent[] })),
  };
}
