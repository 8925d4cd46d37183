import { mergeObservations } from '#core/wire/merge.ts';
import type { StoredObservation } from './store-observations.ts';

/** Each record once, in whatever rows and segments it lies: one that came again after it was compacted lies in both. */
export function mergeRecords(records: Iterable<StoredObservation>): readonly StoredObservation[] {
  const merged = new Map<string, StoredObservation>();
  for (const record of records) {
    const known = merged.get(record.key);
    merged.set(
      record.key,
      known === undefined ? record : { ...record, observation: mergeObservations(known.observation, record.observation) },
    );
  }
  return [...merged.values()];
}
