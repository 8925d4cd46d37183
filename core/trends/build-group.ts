import { compareText } from '../compare-text.ts';
import type { RolloutRecord } from '../ledger/rollout-record.ts';
import { formatInstant, hour, type Instant } from '../time/instant.ts';
import { buildMarkers } from './build-markers.ts';
import { quantile } from './quantile.ts';
import { groupName, type RankedGroup } from './rank-groups.ts';
import { entriesOf, stretches, timeOf, type TrendBlock } from './trend-block.ts';
import type { TrendGroup } from './trend.ts';
import type { TrendWindow } from './trend-window.ts';

const secondsPerDay = (24 * hour) / 1000;

/** What is known of one group beside its totals. */
export interface TrendDetails {
  /** All within the window; at least one. */
  readonly blocks: readonly TrendBlock[];
  /** Deaths of instances, each with its limit and its time alive. */
  readonly showsLimits: boolean;
  readonly showsLived: boolean;
  readonly rollouts: readonly RolloutRecord[];
  /** Time its pods lived in the window, summed; undefined where pods cannot be told apart by group. */
  readonly replicaSeconds?: number;
  /** Latest data time of its cluster: what comes after is not known yet. */
  readonly through: Instant;
}

export function buildGroup({ total, change }: RankedGroup, window: TrendWindow, details: TrendDetails): TrendGroup {
  const { blocks, rollouts, replicaSeconds, through, showsLimits, showsLived } = details;
  const count = total.firstHalf + total.secondHalf;
  const lived = showsLived ? livedOf(blocks) : undefined;
  const span = { since: window.since, until: Math.min(window.until, Math.max(through, window.since)) };
  return {
    key: groupName(total.key),
    ...total.key,
    change,
    total: count,
    counts: countsOf(blocks, window),
    firstAt: formatInstant(firstOf(blocks)),
    lastAt: formatInstant(lastOf(blocks)),
    kinds: kindsOf(blocks),
    limits: showsLimits ? limitsOf(blocks) : [],
    markers: rollouts.length === 0 ? [] : buildMarkers(rollouts, blocks.flatMap(entriesOf), span),
    ...(replicaSeconds === undefined || replicaSeconds === 0
      ? {}
      : { perReplicaDay: Number(((count * secondsPerDay) / Math.max(secondsPerDay, replicaSeconds)).toPrecision(4)) }),
    ...(lived === undefined ? {} : { livedSeconds: lived }),
  };
}

function countsOf(blocks: readonly TrendBlock[], { since, bucketMs, buckets }: TrendWindow): readonly number[] {
  const counts = Array.from({ length: buckets }, () => 0);
  for (const block of blocks) {
    for (let row = block.from; row < block.to; row += 1) {
      const bucket = Math.floor((timeOf(block, row) - since) / bucketMs);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
  }
  return counts;
}

function kindsOf(blocks: readonly TrendBlock[]): Record<string, number> {
  const kinds = new Map<string, number>();
  for (const block of blocks) {
    for (const { text, from, to } of stretches(block.columns.detail, block)) kinds.set(text, (kinds.get(text) ?? 0) + to - from);
  }
  return Object.fromEntries([...kinds].toSorted(([a, x], [b, y]) => y - x || compareText(a, b)));
}

function livedOf(blocks: readonly TrendBlock[]): TrendGroup['livedSeconds'] {
  const known: number[] = [];
  for (const { columns, from, to } of blocks) {
    for (let row = from; row < to; row += 1) {
      const lived = columns.lived[row] ?? -1;
      if (lived >= 0) known.push(lived);
    }
  }
  const ascending = Float64Array.from(known).toSorted();
  const [median, p90] = [quantile(ascending, 0.5), quantile(ascending, 0.9)];
  return median === undefined || p90 === undefined ? undefined : { median, p90, known: known.length };
}

function limitsOf(blocks: readonly TrendBlock[]): TrendGroup['limits'] {
  const limits = new Map<string, { count: number; firstAt: number; lastAt: number }>();
  for (const block of blocks) {
    for (const { text, from, to } of stretches(block.columns.limit, block)) {
      const known = limits.get(text) ?? { count: 0, firstAt: Infinity, lastAt: -Infinity };
      limits.set(text, {
        count: known.count + to - from,
        firstAt: Math.min(known.firstAt, timeOf(block, from)),
        lastAt: Math.max(known.lastAt, timeOf(block, to - 1)),
      });
    }
  }
  return [...limits]
    .toSorted(([a, one], [b, other]) => one.firstAt - other.firstAt || compareText(a, b))
    .map(([limit, { count, firstAt, lastAt }]) => ({
      count,
      firstAt: formatInstant(firstAt),
      lastAt: formatInstant(lastAt),
      ...(limit === '' ? {} : { limit }),
    }));
}

function firstOf(blocks: readonly TrendBlock[]): Instant {
  return blocks.reduce((first, block) => Math.min(first, timeOf(block, block.from)), Infinity);
}

function lastOf(blocks: readonly TrendBlock[]): Instant {
  return blocks.reduce((last, block) => Math.max(last, timeOf(block, block.to - 1)), -Infinity);
}
