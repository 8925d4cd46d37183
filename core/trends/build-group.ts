import type { RolloutRecord } from '../ledger/rollout-record.ts';
import { formatInstant, hour, type Instant } from '../time/instant.ts';
import { buildMarkers } from './build-markers.ts';
import { quantile } from './quantile.ts';
import { groupName, type RankedGroup } from './rank-groups.ts';
import type { TrendGroup } from './trend.ts';
import type { TrendEntry } from './trend-rows.ts';
import type { TrendWindow } from './trend-window.ts';

const secondsPerDay = (24 * hour) / 1000;

/** What is known of one group beside its totals. */
export interface TrendDetails {
  /** All within the window. */
  readonly entries: readonly TrendEntry[];
  readonly rollouts: readonly RolloutRecord[];
  /** Time its pods lived in the window, summed; undefined where pods cannot be told apart by group. */
  readonly replicaSeconds?: number;
  /** Latest data time of its cluster: what comes after is not known yet. */
  readonly through: Instant;
}

export function buildGroup({ total, change }: RankedGroup, window: TrendWindow, details: TrendDetails): TrendGroup {
  const { entries, rollouts, replicaSeconds, through } = details;
  const count = total.firstHalf + total.secondHalf;
  const lived = livedOf(entries);
  return {
    key: groupName(total.key),
    ...total.key,
    change,
    total: count,
    counts: countsOf(entries, window),
    firstAt: formatInstant(total.firstAt),
    lastAt: formatInstant(total.lastAt),
    kinds: kindsOf(entries),
    limits: limitsOf(entries),
    markers: buildMarkers(rollouts, entries, { since: window.since, until: Math.min(window.until, Math.max(through, window.since)) }),
    ...(replicaSeconds === undefined || replicaSeconds === 0
      ? {}
      : { perReplicaDay: Number(((count * secondsPerDay) / Math.max(secondsPerDay, replicaSeconds)).toPrecision(4)) }),
    ...(lived === undefined ? {} : { livedSeconds: lived }),
  };
}

function countsOf(entries: readonly TrendEntry[], { since, bucketMs, buckets }: TrendWindow): readonly number[] {
  const counts = Array.from({ length: buckets }, () => 0);
  for (const { at, count } of entries) {
    const bucket = Math.floor((at - since) / bucketMs);
    if (bucket >= 0 && bucket < buckets) counts[bucket] = (counts[bucket] ?? 0) + count;
  }
  return counts;
}

function kindsOf(entries: readonly TrendEntry[]): Record<string, number> {
  const kinds = new Map<string, number>();
  for (const { detail, count } of entries) kinds.set(detail, (kinds.get(detail) ?? 0) + count);
  return Object.fromEntries([...kinds].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)));
}

function livedOf(entries: readonly TrendEntry[]): TrendGroup['livedSeconds'] {
  const known = entries.flatMap(({ livedSeconds }) => livedSeconds ?? []).toSorted((a, b) => a - b);
  const [median, p90] = [quantile(known, 0.5), quantile(known, 0.9)];
  return median === undefined || p90 === undefined ? undefined : { median, p90, known: known.length };
}

function limitsOf(entries: readonly TrendEntry[]): TrendGroup['limits'] {
  const deaths = entries.filter(({ isDeath }) => isDeath === true);
  return [...Map.groupBy(deaths, ({ memoryLimit }) => memoryLimit)]
    .map(([limit, same]) => {
      const times = same.map(({ at }) => at).toSorted((a, b) => a - b);
      return {
        count: same.reduce((sum, { count }) => sum + count, 0),
        firstAt: formatInstant(times[0] ?? 0),
        lastAt: formatInstant(times.at(-1) ?? 0),
        ...(limit === undefined ? {} : { limit }),
      };
    })
    .toSorted((a, b) => Date.parse(a.firstAt) - Date.parse(b.firstAt));
}
