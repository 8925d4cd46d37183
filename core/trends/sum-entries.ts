import { groupName } from './rank-groups.ts';
import type { TrendEntry, TrendGroupKey, TrendTotal } from './trend-rows.ts';

/** The totals of entries that were read one by one. */
export function sumEntries(
  entries: readonly { readonly key: TrendGroupKey; readonly entry: TrendEntry }[],
  { middle }: { readonly middle: number },
): readonly TrendTotal[] {
  return [...Map.groupBy(entries, ({ key }) => groupName(key)).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const count = (half: (at: number) => boolean) => own.reduce((sum, { entry }) => sum + (half(entry.at) ? entry.count : 0), 0);
    const times = own.map(({ entry }) => entry.at);
    return [
      {
        key: first.key,
        firstHalf: count((at) => at < middle),
        secondHalf: count((at) => at >= middle),
        firstAt: times.reduce((a, b) => Math.min(a, b)),
        lastAt: times.reduce((a, b) => Math.max(a, b)),
      },
    ];
  });
}
