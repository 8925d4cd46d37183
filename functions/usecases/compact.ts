import type { Compacted } from '#core/ports.ts';
import { mergeBatches, type MergeDeps } from './merge-batches.ts';

export interface CompactDeps extends MergeDeps {
  /** False where a request costs more than the bytes it would spare: in S3. */
  readonly mergesBodies: boolean;
}

/** Some seconds of a process at most, of each minute. */
const segmentsPerRound = 100;

/** Of some megabytes each, with requests in between. */
const releasesPerRound = 10;

/** Makes what is old smaller, as much as one round may. */
export async function compact(deps: CompactDeps): Promise<Compacted & { readonly merged: number }> {
  const compacted = await deps.compaction.compactObservations(deps.clock.now().getTime(), segmentsPerRound);
  const merged = deps.mergesBodies ? await mergeBatches(deps) : 0;
  for (let step = 0; step < releasesPerRound && (await deps.compaction.releaseSpace()) > 0; step += 1) await deps.clock.sleep(0);
  return { ...compacted, merged };
}
