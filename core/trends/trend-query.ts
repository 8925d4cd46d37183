import type { TrendBucket, TrendGrouping, TrendSubject } from './trend.ts';

/** What `mortem trends` is asked for. Times are epoch milliseconds. */
export interface TrendQuery {
  readonly of: TrendSubject;
  readonly by: TrendGrouping;
  readonly bucket: TrendBucket;
  /** Rounded down to the beginning of a bucket; 30 days before the end where it is not given. */
  readonly since?: number;
  /** In place of `since`: so many milliseconds before the end. */
  readonly last?: number;
  /** Rounded up to the end of a bucket; the latest data time where it is not given. */
  readonly until?: number;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly workload?: { readonly kind: string; readonly name: string };
  /** Groups on a page. */
  readonly limit: number;
  readonly cursor?: string;
}
