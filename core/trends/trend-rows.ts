import type { Image } from '../incident/incident.ts';

/** What tells one group of a trend from another; which fields are set depends on the grouping. */
export interface TrendGroupKey {
  readonly cluster?: string;
  readonly namespace?: string;
  readonly workload?: { readonly kind: string; readonly name: string };
  readonly container?: string;
  /** By image: groups are told apart by the digest, and by the reference where none is known. */
  readonly image?: Image;
  readonly node?: string;
}

/** One group with what was counted in the two halves of the window. */
export interface TrendTotal {
  readonly key: TrendGroupKey;
  readonly firstHalf: number;
  readonly secondHalf: number;
}
