import type { Observation } from '#core/wire/observation.ts';

export interface AcceptedBatches {
  readonly keep: (batchId: string, observations: readonly Observation[], bytes: number) => void;
  readonly take: (batchId: string) => readonly Observation[] | undefined;
}

/**
 * Hands accepted observations over within one process, so that a batch is parsed once. Only a cache: the blob has them all.
 *
 * @param maxBytes inflated, of what may wait in memory; the rest is read back from its blob
 */
export function createAcceptedBatches(maxBytes: number): AcceptedBatches {
  const batches = new Map<string, { readonly observations: readonly Observation[]; readonly bytes: number }>();
  let kept = 0;
  return {
    keep(batchId, observations, bytes) {
      if (batches.has(batchId) || kept + bytes > maxBytes) return;
      batches.set(batchId, { observations, bytes });
      kept += bytes;
    },
    take(batchId) {
      const batch = batches.get(batchId);
      if (batch === undefined) return undefined;
      batches.delete(batchId);
      kept -= batch.bytes;
      return batch.observations;
    },
  };
}
