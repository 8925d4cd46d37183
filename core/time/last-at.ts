import type { Instant } from './instant.ts';

/** Position of the last item that began before `at` or then; -1 when none did. */
export function lastIndexAt(items: readonly { readonly at: Instant }[], at: Instant): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What is in force at `at`: the last of these, which are in time order, that began before or then. */
export function lastAt<T extends { readonly at: Instant }>(items: readonly T[], at: Instant): T | undefined {
  return items[lastIndexAt(items, at)];
}
