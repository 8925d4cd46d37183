import type { CompactionStore } from '#core/ports.ts';
import type { OpenDatabase } from './database.ts';
import { compactObservations } from './segments/compact-observations.ts';

export function createCompactionStore(database: OpenDatabase): CompactionStore {
  return { compactObservations: (now, limit) => compactObservations(database, now, limit) };
}
