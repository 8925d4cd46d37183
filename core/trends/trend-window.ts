import { hour, type Instant } from '../time/instant.ts';
import type { TrendBucket } from './trend.ts';

const day = 24 * hour;
const lengths: Readonly<Record<TrendBucket, number>> = { '1h': hour, '1d': day, '1w': 7 * day };
/** The first Monday of the epoch was its fifth day. */
const origins: Readonly<Record<TrendBucket, number>> = { '1h': 0, '1d': 0, '1w': 4 * day };

/** Whole buckets in UTC. */
export interface TrendWindow {
  readonly bucket: TrendBucket;
  readonly since: Instant;
  readonly until: Instant;
  /** Where the second half begins, at the boundary of a bucket; what changed is told by the two halves. */
  readonly middle: Instant;
  readonly bucketMs: number;
  readonly buckets: number;
}

/** Rounds a span outwards to whole buckets, of which there is at least one. */
export function trendWindow(bucket: TrendBucket, since: Instant, until: Instant): TrendWindow {
  const [bucketMs, origin] = [lengths[bucket], origins[bucket]];
  const from = Math.floor((since - origin) / bucketMs) * bucketMs + origin;
  const buckets = Math.max(1, Math.ceil((until - from) / bucketMs));
  return { bucket, since: from, until: from + buckets * bucketMs, middle: from + Math.floor(buckets / 2) * bucketMs, bucketMs, buckets };
}

/** The beginnings of its buckets. */
export function bucketStarts({ since, bucketMs, buckets }: TrendWindow): readonly Instant[] {
  return Array.from({ length: buckets }, (_, index) => since + index * bucketMs);
}
