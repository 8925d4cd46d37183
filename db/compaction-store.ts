import type { CompactionStore } from '#core/ports.ts';
import type { OpenDatabase } from './database.ts';
import { addMergedBatch, readSmallBatches, removeMembers } from './merged-batches.ts';
import { compactObservations } from './segments/compact-observations.ts';

export function createCompactionStore(database: OpenDatabase): CompactionStore {
  const { read, transact } = database;
  return {
    compactObservations: (now, limit) => compactObservations(database, now, limit),
    releaseSpace: () => database.releaseSpace(),
    smallBatches: (span, limit) => read((connection) => readSmallBatches(connection, span, limit)),
    addMergedBatch: (merged, members) => transact((tx) => addMergedBatch(tx, merged, members)),
    removeMembers: (members) => transact((tx) => removeMembers(tx, members)),
  };
}
