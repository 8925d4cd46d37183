import { compareText } from '../compare-text.ts';
import { trendChanges, type TrendChange } from './trend.ts';
import type { TrendTotal } from './trend-rows.ts';
import type { TrendWindow } from './trend-window.ts';

export interface RankedGroup {
  readonly total: TrendTotal;
  readonly change: TrendChange;
}

/** From this factor on a rate is another one, and not the same with more luck. */
const notable = 1.5;

/** Compares the second half of the window with the first, as rates: a single bucket has no first half, and all in it is new. */
export function decideChange({ firstHalf, secondHalf }: TrendTotal, { since, middle, until }: TrendWindow): TrendChange {
  if (firstHalf === 0) return 'new';
  if (secondHalf === 0) return 'ended';
  const ratio = secondHalf / (until - middle) / (firstHalf / (middle - since));
  return ratio >= notable ? 'worsening' : ratio <= 1 / notable ? 'improving' : 'steady';
}

/** New and worsening ones first, the larger before the smaller. */
export function rankGroups(totals: readonly TrendTotal[], window: TrendWindow): readonly RankedGroup[] {
  const sum = ({ total }: RankedGroup) => total.firstHalf + total.secondHalf;
  return totals
    .map((total) => ({ total, change: decideChange(total, window) }))
    .toSorted(
      (a, b) =>
        trendChanges.indexOf(a.change) - trendChanges.indexOf(b.change) ||
        sum(b) - sum(a) ||
        compareText(groupName(a.total.key), groupName(b.total.key)),
    );
}

/** What `-o name` prints: unique among the groups of one grouping. */
export function groupName({ cluster, namespace, workload, container, image, node }: TrendTotal['key']): string {
  if (image !== undefined) return image.digest ?? image.ref;
  return [cluster, namespace, ...(workload === undefined ? [] : [workload.kind, workload.name]), container, node]
    .filter((part) => part !== undefined)
    .join('/');
}
