import type { Image } from '../incident/incident.ts';
import type { TrendSubject } from './trend.ts';

/** What one UTC day adds to a trend: the rows that totals are summed from. Times are epoch milliseconds. */
export interface TrendDay {
  readonly of: TrendSubject;
  readonly day: number;
  readonly container: string;
  readonly image: Image;
  readonly node: string;
  /** Kind of memory death, or the cause. */
  readonly detail: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

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
  readonly firstAt: number;
  readonly lastAt: number;
}

/** One thing counted, or several of one day where nothing finer is needed. */
export interface TrendEntry {
  readonly at: number;
  readonly count: number;
  readonly detail: string;
  readonly container?: string;
  readonly image?: Image;
  /** Time alive before a death, or waited. */
  readonly livedSeconds?: number;
  /** A death, of one instance: what it had for a limit is told. */
  readonly isDeath?: true;
  readonly memoryLimit?: string;
}
