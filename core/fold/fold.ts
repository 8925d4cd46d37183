import type { Instant } from '../time/instant.ts';

/** What lets the next build of a workload leave most of its history unread (docs/decisions/0007). */
export interface Fold {
  /** What was made of the data time before is stored for good, unless a record of that time comes late. */
  readonly before: Instant;
  /** Of all that the records which are still read tell of that time: the next build must find the same. */
  readonly hash: string;
}

/** How a build continues an earlier one, and what the next one may leave out. */
export interface FoldStep {
  /** Only what is of this time or later was built; all of it when absent. */
  readonly since?: Instant;
  readonly next?: Fold & {
    /** Objects whose records need not be read any more, beside those that were left out already. */
    readonly uids: readonly string[];
  };
}
