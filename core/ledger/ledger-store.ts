import type { DigestSighting } from '../audit/moved-tags.ts';
import type { ImageSelector } from '../audit/audit-query.ts';
import type { WorkloadKey } from '../store-model.ts';
import type { TrendGrouping, TrendSubject } from '../trends/trend.ts';
import type { TrendBlock } from '../trends/trend-block.ts';
import type { TrendGroupKey, TrendTotal } from '../trends/trend-rows.ts';
import type { ImageRun } from './image-run.ts';
import type { RolloutRecord } from './rollout-record.ts';
import type { Termination } from './termination.ts';

/** All times in this file are epoch milliseconds; spans include their beginning and not their end. */

export interface LedgerScope {
  readonly cluster?: string;
  readonly namespace?: string;
  readonly workload?: { readonly kind: string; readonly name: string };
}

/** Where a page ended: the next one begins behind it. */
export interface LedgerPosition {
  readonly at: number;
  readonly evidence: string;
  readonly container: string;
}

interface LedgerPage extends LedgerScope {
  readonly image?: ImageSelector;
  readonly since?: number;
  readonly until?: number;
  readonly after?: LedgerPosition;
  readonly limit: number;
}

export interface TerminationQuery extends LedgerPage {
  readonly pod?: string;
  readonly node?: string;
  /** Only what the trend of that name counts. */
  readonly of?: 'oomkilled' | 'memory' | 'restarts';
}

export interface RolloutQuery extends LedgerPage {
  readonly kind?: RolloutRecord['kind'];
}

export interface TrendSpan extends LedgerScope {
  readonly of: TrendSubject;
  readonly by: TrendGrouping;
  readonly since: number;
  readonly until: number;
}

export interface TrendTotalsQuery extends TrendSpan {
  readonly by: Exclude<TrendGrouping, 'node'>;
  readonly middle: number;
}

/** Answers from the rows that stay when raw observations are gone. */
export interface LedgerStore {
  /** Latest data time of each cluster, or of one. */
  watermarks(cluster?: string): Promise<ReadonlyMap<string, number>>;
  /** Newest first. */
  terminations(query: TerminationQuery): Promise<readonly Termination[]>;
  /** Newest first. */
  rollouts(query: RolloutQuery): Promise<readonly RolloutRecord[]>;
  /** What ran at a moment, by place. */
  imageRuns(query: LedgerScope & { readonly at: number; readonly image?: ImageSelector }): Promise<readonly ImageRun[]>;

  /**
   * Sums anew what changed since it was summed: of a cluster or of all, within a span or ever. Trends are read from these sums.
   *
   * @returns how many weeks of workloads were summed; as many as the limit when there may be more
   */
  foldTrends(span: { readonly cluster?: string; readonly since?: number; readonly until?: number }, limit: number): Promise<number>;
  /** Every group of a span of whole days, with what its two halves count; not by node. */
  trendTotals(query: TrendTotalsQuery): Promise<readonly TrendTotal[]>;
  /** All that is counted in a span: of some groups, or of all. By node the groups are clusters. */
  trendBlocks(query: TrendSpan, groups?: readonly TrendGroupKey[]): Promise<readonly TrendBlock[]>;
  /** Time that pods lived within a span, summed, by group and container; of groups by workload, container or image. */
  podSeconds(
    query: TrendSpan,
    groups: readonly TrendGroupKey[],
  ): Promise<readonly { readonly key: TrendGroupKey; readonly container: string; readonly seconds: number }[]>;

  /** Every rollout of some workloads, oldest first. */
  rolloutsOf(workloads: readonly WorkloadKey[]): Promise<readonly RolloutRecord[]>;
  /** Workloads with a rollout to an image, or with a rollback where none is named, in the order of their keys. */
  auditedWorkloads(
    query: LedgerScope & {
      readonly image?: ImageSelector;
      readonly since?: number;
      readonly until?: number;
      readonly after?: WorkloadKey;
      readonly limit: number;
    },
  ): Promise<readonly WorkloadKey[]>;
  /** What the tags of some repositories meant. */
  sightings(repositories: readonly string[], cluster?: string): Promise<readonly DigestSighting[]>;
  /** Rollouts to some digests on which something failed, wherever they ran. */
  failedRollouts(digests: readonly string[], cluster?: string): Promise<readonly RolloutRecord[]>;
}
