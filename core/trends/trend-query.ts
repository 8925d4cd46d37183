import type { TrendBucket, TrendGrouping, TrendSubject } from './trend.ts';

/** What `mortem trends` is asked for. Times are epoch milliseconds. */
export interface TrendQuery {
  readonly of: TrendSubject;
  readonly by: TrendGrouping;
  readonly bucket: TrendBucket;
  /** Rounded down to the beginning of a bucket. */
  readonly since: number;
  /** Rounded up to the end of a bucket. */
  readonly until: number;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly workload?: { readonly kind: string; readonly name: string };
  /** Groups on a page. */
  readonly limit: number;
  readonly cursor?: string;
}
