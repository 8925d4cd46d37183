import type { Clock, Compacted, CompactionStore } from '#core/ports.ts';

export interface CompactDeps {
  readonly compaction: CompactionStore;
  readonly clock: Clock;
}

/** Some seconds of a process at most, of each minute. */
const segmentsPerRound = 100;

/** Makes what is old smaller, as much as one round may. */
export function compact({ compaction, clock }: CompactDeps): Promise<Compacted> {
  return compaction.compactObservations(clock.now().getTime(), segmentsPerRound);
}
