import type { DraftInput } from '../draft-input.ts';
import type { Factor } from './factor.ts';
import { imageFactors } from './image-factors.ts';
import { memoryFactors } from './memory-factors.ts';
import { probeFactors } from './probe-factors.ts';
import { recurrenceFactors } from './recurrence-factors.ts';
import { workloadFactors } from './workload-factors.ts';

/** More than a handful is a list of everything that could be better. */
const maxFactors = 6;

/** Facts that can be proved from spec and history, the nearest to the failure first. */
export function findFactors(input: DraftInput): readonly Factor[] {
  const concerns = [memoryFactors, probeFactors, workloadFactors, recurrenceFactors, imageFactors];
  // The first of each concern before the second of any: several chapters have something to say.
  const found = concerns.map((concern) => concern(input));
  const rounds = Math.max(...found.map((list) => list.length));
  return Array.from({ length: rounds }, (_, round) => found.flatMap((list) => list[round] ?? []))
    .flat()
    .slice(0, maxFactors);
}
