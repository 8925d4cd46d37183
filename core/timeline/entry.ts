import type { EvidenceId } from '../evidence/evidence-id.ts';
import type { Image } from '../incident/incident.ts';
import type { Phase } from '../incident/vocabulary.ts';
import type { Inline } from '../report/inline.ts';
import { wholeSecond, type Instant } from '../time/instant.ts';

/** One row of a timeline: something that a record shows. */
export interface Entry {
  /** When it happened; more than one for a row that folds repetitions, in order. */
  readonly times: readonly [Instant, ...Instant[]];
  /** `range`: it lasted or repeated from the first to the last time. `list`: it happened at each of them. */
  readonly span: 'point' | 'range' | 'list';
  readonly phase?: Phase;
  readonly what: readonly Inline[];
  /** `pod/name`, `deploy/name`: from outside. */
  readonly object: string;
  readonly image?: Image;
  /** The row changes which image is wanted. */
  readonly imageChange?: boolean;
  readonly evidence: readonly [EvidenceId, ...EvidenceId[]];
  /** How many of them a row shows; one unless said. */
  readonly cites?: number;
  /** There is one for each occurrence: the row says how many it does not show. */
  readonly counted?: true;
  /** Lower is more important, and comes first within the same moment. */
  readonly rank: number;
}

/** Events carry whole seconds, so within one second importance says more than what is left of the order. */
export function byTime(a: Entry, b: Entry): number {
  return (
    wholeSecond(a.times[0]) - wholeSecond(b.times[0]) ||
    a.rank - b.rank ||
    a.times[0] - b.times[0] ||
    (a.evidence[0] < b.evidence[0] ? -1 : 1)
  );
}
