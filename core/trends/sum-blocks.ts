import { groupKeyOf } from './group-key.ts';
import { groupName } from './rank-groups.ts';
import { timeOf, type TrendBlock } from './trend-block.ts';
import type { TrendGrouping } from './trend.ts';
import type { TrendTotal } from './trend-rows.ts';

/** Blocks by the name of their group. */
export function groupBlocks(blocks: readonly TrendBlock[], by: TrendGrouping): ReadonlyMap<string, readonly TrendBlock[]> {
  return Map.groupBy(blocks, ({ place }) => groupName(groupKeyOf(by, place)));
}

/** The totals of groups whose rows were all read. */
export function sumBlocks(
  groups: ReadonlyMap<string, readonly TrendBlock[]>,
  by: TrendGrouping,
  { middle }: { readonly middle: number },
): readonly TrendTotal[] {
  return [...groups.values()].flatMap((blocks) => {
    const [first] = blocks;
    if (first === undefined) return [];
    let [firstHalf, secondHalf] = [0, 0];
    for (const block of blocks) {
      for (let row = block.from; row < block.to; row += 1) {
        if (timeOf(block, row) < middle) firstHalf += 1;
        else secondHalf += 1;
      }
    }
    return [{ key: groupKeyOf(by, first.place), firstHalf, secondHalf }];
  });
}
