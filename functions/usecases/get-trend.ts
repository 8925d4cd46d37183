import { MortemError } from '#core/errors.ts';
import type { LedgerStore, TrendSpan } from '#core/ledger/ledger-store.ts';
import type { RolloutRecord } from '#core/ledger/rollout-record.ts';
import { formatInstant, hour } from '#core/time/instant.ts';
import { buildGroup } from '#core/trends/build-group.ts';
import { groupName, rankGroups, type RankedGroup } from '#core/trends/rank-groups.ts';
import type { Trend, TrendGroup, TrendGrouping } from '#core/trends/trend.ts';
import type { TrendQuery } from '#core/trends/trend-query.ts';
import type { TrendGroupKey, TrendTotal } from '#core/trends/trend-rows.ts';
import { groupBlocks, sumBlocks } from '#core/trends/sum-blocks.ts';
import { splitByNode, type TrendBlock } from '#core/trends/trend-block.ts';
import { bucketStarts, trendWindow, type TrendWindow } from '#core/trends/trend-window.ts';
import { dataTime, type DataTime } from './data-time.ts';
import { decodeRank, encodeCursor } from './ledger-cursor.ts';
import { narrowScope } from './narrow-scope.ts';
import type { ReadScope } from './read-scope.ts';

export interface TrendDeps {
  readonly ledger: Pick<LedgerStore, 'watermarks' | 'foldTrends' | 'trendTotals' | 'trendBlocks' | 'podSeconds' | 'rolloutsOf'>;
}

const day = 24 * hour;
const defaultSpan = 30 * day;
/** Hours have no sums: every death of the span is looked at. */
const longestByHour = 31 * day;
const mostBuckets = 1_000;
const foldedAtOnce = 500;

/** Groups that have pods of their own, and times alive that can be compared. */
const detailed: ReadonlySet<TrendGrouping> = new Set(['workload', 'container', 'image']);

/**
 * How often, where, at which limit and on which image; new and worsening groups first.
 *
 * @throws {MortemError} `usage` for a span that cannot be counted
 */
export async function getTrend({ ledger }: TrendDeps, scope: ReadScope, query: TrendQuery): Promise<Trend> {
  const narrowed = narrowScope(scope, query);
  const time = await dataTime(ledger, narrowed?.cluster);
  const window = windowOf(query, time.through);
  if (narrowed === undefined) return answer(query, window, { time, ranked: [], items: [] });
  const span = toSpan(narrowed, window);
  await foldAll({ ledger }, span);
  const { totals, blocksOf } = await count({ ledger }, span, window);
  const ranked = rankGroups(totals, window);
  const from = query.cursor === undefined ? 0 : decodeRank(query.cursor);
  const page = ranked.slice(from, from + query.limit);
  const items = await detail({ ledger }, { span, window, time, page, blocksOf });
  const next = from + query.limit < ranked.length ? encodeCursor({ rank: from + query.limit }) : undefined;
  return answer(query, window, { time, ranked, items, ...(next === undefined ? {} : { next }) });
}

function windowOf({ bucket, since, last, until }: TrendQuery, through: number): TrendWindow {
  // What happened in the very moment of the latest record is within.
  const end = until ?? through + 1;
  const window = trendWindow(bucket, since ?? end - (last ?? defaultSpan), end);
  if ((since ?? 0) > end) throw new MortemError('usage', 'The span ends before it begins. Give a --since that is before --until.');
  if (bucket === '1h' && window.until - window.since > longestByHour) {
    throw new MortemError('usage', 'Hours are counted over at most 31 days. Take a shorter span, or buckets of 1d or 1w.');
  }
  if (window.buckets > mostBuckets)
    throw new MortemError('usage', `That is ${window.buckets} buckets, more than ${mostBuckets}. Take a shorter span, or larger buckets.`);
  return window;
}

function toSpan({ of, by, cluster, namespace, workload }: TrendQuery, { since, until }: TrendWindow): TrendSpan {
  return {
    of,
    by,
    since,
    until,
    ...(cluster === undefined ? {} : { cluster }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(workload === undefined ? {} : { workload }),
  };
}

/** What the schedule has not summed yet: usually what came within the last minute. */
async function foldAll({ ledger }: TrendDeps, span: TrendSpan): Promise<void> {
  while ((await ledger.foldTrends(span, foldedAtOnce)) === foldedAtOnce);
}

type Blocks = ReadonlyMap<string, readonly TrendBlock[]>;

interface Count {
  readonly totals: readonly TrendTotal[];
  /** Of the groups of a page, by their names. */
  readonly blocksOf: (keys: readonly TrendGroupKey[]) => Promise<Blocks>;
}

async function count({ ledger }: TrendDeps, span: TrendSpan, window: TrendWindow): Promise<Count> {
  const { by } = span;
  if (window.bucket !== '1h' && by !== 'node') {
    return {
      totals: await ledger.trendTotals({ ...span, by, middle: window.middle }),
      blocksOf: async (keys) => groupBlocks(await ledger.trendBlocks(span, keys), by),
    };
  }
  const blocks = await ledger.trendBlocks(span);
  const groups = groupBlocks(by === 'node' ? blocks.flatMap(splitByNode) : blocks, by);
  return { totals: sumBlocks(groups, by, window), blocksOf: async () => groups };
}

interface Page {
  readonly span: TrendSpan;
  readonly window: TrendWindow;
  readonly time: DataTime;
  readonly page: readonly RankedGroup[];
  readonly blocksOf: Count['blocksOf'];
}

async function detail({ ledger }: TrendDeps, { span, window, time, page, blocksOf }: Page): Promise<readonly TrendGroup[]> {
  const keys = page.map(({ total }) => total.key);
  if (keys.length === 0) return [];
  const isDetailed = detailed.has(span.by);
  const blocks = await blocksOf(keys);
  const until = Math.min(window.until, Math.max(time.through, window.since));
  const lived = isDetailed ? await ledger.podSeconds({ ...span, until }, keys) : [];
  const seconds = Map.groupBy(lived, ({ key }) => groupName(key));
  const rollouts = span.by === 'workload' || span.by === 'container' ? await rolloutsOf(ledger, page) : new Map<string, RolloutRecord[]>();
  return page.map((group) => {
    const { key } = group.total;
    const name = groupName(key);
    // The containers of a pod live side by side: its own time is that of the longest.
    const replicaSeconds = Math.max(0, ...(seconds.get(name) ?? []).map((item) => item.seconds));
    const workload = workloadName(key);
    return buildGroup(group, window, {
      blocks: blocks.get(name) ?? [],
      showsLived: isDetailed,
      showsLimits: isDetailed && span.of !== 'image-pull' && span.of !== 'pending',
      rollouts: rollouts.get(workload) ?? [],
      replicaSeconds,
      through: time.of(key.cluster),
    });
  });
}

function workloadName({ cluster, namespace, workload }: TrendGroupKey): string {
  return JSON.stringify([cluster, namespace, workload?.kind, workload?.name]);
}

async function rolloutsOf(ledger: TrendDeps['ledger'], page: readonly RankedGroup[]): Promise<Map<string, RolloutRecord[]>> {
  const workloads = new Map(
    page.flatMap(({ total: { key } }) =>
      key.workload === undefined
        ? []
        : [[workloadName(key), { cluster: key.cluster ?? '', namespace: key.namespace ?? '', ...key.workload }] as const],
    ),
  );
  const rows = await ledger.rolloutsOf([...workloads.values()]);
  return Map.groupBy(rows, ({ cluster, namespace, workload }) => workloadName({ cluster, namespace, workload }));
}

interface Answered {
  readonly time: DataTime;
  readonly ranked: readonly RankedGroup[];
  readonly items: readonly TrendGroup[];
  readonly next?: string;
}

function answer({ of, by, bucket }: TrendQuery, window: TrendWindow, { time, ranked, items, next }: Answered): Trend {
  return {
    apiVersion: 'mortem.dev/v1',
    kind: 'Trend',
    of,
    by,
    bucket,
    since: formatInstant(window.since),
    until: formatInstant(window.until),
    through: formatInstant(time.through),
    buckets: bucketStarts(window).map(formatInstant),
    total: ranked.reduce((sum, { total }) => sum + total.firstHalf + total.secondHalf, 0),
    groups: ranked.length,
    items,
    ...(next === undefined ? {} : { next }),
  };
}
