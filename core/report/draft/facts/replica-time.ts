import type { HealthPoint } from '../../../incident/health.ts';
import type { Instant } from '../../../time/instant.ts';

/** Replicas that were wanted and not ready, over a span. Times in milliseconds. */
export interface ReplicaTime {
  readonly notReady: number;
  readonly wanted: number;
  /** The moment with the smallest share of ready replicas, the first of them. */
  readonly lowest: { readonly at: Instant; readonly ready: number; readonly wanted: number };
}

/**
 * Sums what the Ready conditions say, replica by replica.
 *
 * @param replicas counted as wanted where no controller says how many are: a bare pod wants to be one
 * @returns undefined when nothing was known of the span, or nothing was wanted
 */
export function replicaTime(
  health: readonly HealthPoint[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
  replicas = 1,
): ReplicaTime | undefined {
  let notReady = 0;
  let wantedTime = 0;
  let lowest: ReplicaTime['lowest'] | undefined;
  for (const [index, point] of health.entries()) {
    const begin = Math.max(from, point.at);
    const end = Math.min(to, health[index + 1]?.at ?? Infinity);
    const wanted = point.wanted ?? replicas;
    if (end <= begin || wanted === 0) continue;
    const ready = Math.min(point.ready, wanted);
    notReady += (wanted - ready) * (end - begin);
    wantedTime += wanted * (end - begin);
    if (lowest === undefined || ready * lowest.wanted < lowest.ready * wanted) lowest = { at: begin, ready, wanted };
  }
  return lowest === undefined ? undefined : { notReady, wanted: wantedTime, lowest };
}
