import type { Observation } from '../wire/observation.ts';
import type { HashText } from '../wire/observation-id.ts';

/** Names the set of observations a document was made from, by what can differ between two sets: ids, the earliest times, and which of two logs was kept. */
export function inputHash(observations: readonly Observation[], hash: HashText): string {
  return hash(
    observations.map((item) => `${item.id} ${item.observedAt}${item.kind === 'log' ? ` ${item.text?.length ?? -1}` : ''}`).join('\n'),
  );
}
