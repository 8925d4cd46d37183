import { compareText } from '../compare-text.ts';
import { mergeObservations } from '../wire/merge.ts';
import type { Observation } from '../wire/observation.ts';

/** 4,096 piles of hexadecimal ids: few records in each, up to the largest workloads. */
const pileDigits = 3;

/**
 * The distinct observations, sorted by id, so that nothing after this can depend on the order of arrival. Ids are hashes, so their first
 * digits tell them into piles of one size: what it takes to sort one record does not grow with their number.
 */
export function mergeById(observations: readonly Observation[]): readonly Observation[] {
  const merged: Observation[] = [];
  const piles = Map.groupBy(observations, ({ id }) => id.slice(0, pileDigits));
  for (const digits of [...piles.keys()].toSorted()) {
    const pile = piles.get(digits) ?? [];
    if (pile.length > 1) pile.sort((a, b) => compareText(a.id, b.id));
    for (const observation of pile) {
      const last = merged.at(-1);
      if (last?.id === observation.id) merged[merged.length - 1] = mergeObservations(last, observation);
      else merged.push(observation);
    }
  }
  return merged;
}
