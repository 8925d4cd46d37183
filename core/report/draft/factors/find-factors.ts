import type { DraftInput } from '../draft-input.ts';
import type { Factor } from './factor.ts';
import { imageFactors } from './image-factors.ts';
import { memoryFactors } from './memory-factors.ts';
import { probeFactors, readinessFactors } from './probe-factors.ts';
import { recurrenceFactors } from './recurrence-factors.ts';
import { schedulingFactors } from './scheduling-factors.ts';
import { replicaFactors, workloadFactors } from './workload-factors.ts';

/** More than a handful is a list of everything that could be better. */
const maxFactors = 6;

/** Facts that can be proved from spec and history, the nearest to the failure first. */
export function findFactors(input: DraftInput): readonly Factor[] {
  const near = [memoryFactors, probeFactors, schedulingFactors, workloadFactors, recurrenceFactors, imageFactors].map((concern) =>
    concern(input),
  );
  const general = [...readinessFactors(input), ...replicaFactors(input)];
  // The first of each concern before the second of any: several chapters have something to say.
  const rounds = Math.max(...near.map((list) => list.length));
  const inTurn = Array.from({ length: rounds }, (_, round) => near.flatMap((list) => list[round] ?? [])).flat();
  return distinct([...inTurn, ...general]).slice(0, maxFactors);
}

/** Chapters of one container share its facts. */
function distinct(factors: readonly Factor[]): readonly Factor[] {
  return [...new Map(factors.map((factor) => [JSON.stringify(factor.what), factor])).values()];
}
