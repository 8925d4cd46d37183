import type { Clock } from '#core/ports.ts';
import type { Admission } from '../usecases/admission.ts';

/** A collector that comes back from hours of downtime may send its spool at full speed for this long. */
const burstSeconds = 10;

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * A token bucket per cluster, in this process: several processes, or instances of a function, admit as many times the rate.
 *
 * @param perSecond batches; 0 admits all
 */
export function createRateLimit(perSecond: number, clock: Clock): (cluster: string) => Admission {
  const capacity = perSecond * burstSeconds;
  const buckets = new Map<string, Bucket>();
  return (cluster) => {
    if (perSecond === 0) return { admitted: true };
    const now = clock.now().getTime();
    const bucket = buckets.get(cluster) ?? { tokens: capacity, at: now };
    // Clusters come from credentials, so there are no more buckets than were given out.
    buckets.set(cluster, bucket);
    bucket.tokens = Math.min(capacity, bucket.tokens + (Math.max(now - bucket.at, 0) * perSecond) / 1000);
    bucket.at = now;
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return { admitted: true };
    }
    return { admitted: false, retryAfterSeconds: Math.ceil((1 - bucket.tokens) / perSecond) };
  };
}
