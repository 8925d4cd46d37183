import { describeDuration, describeRange } from '../../time/duration.ts';
import { second } from '../../time/instant.ts';

/** Below this no traffic was needed to reach the limit. */
const soon = 10 * second;
/** Lives that differ by less than this, or by less than a fifth, are about the same. */
const sameWithin = 2 * second;
const sameShare = 0.2;

/** `at once, 7 s after each start`: what the times from start to end of several attempts have in common. */
export function lifeShape(lives: readonly number[]): string | undefined {
  const [first, ...rest] = lives;
  if (first === undefined) return undefined;
  const shortest = Math.min(...lives);
  const longest = Math.max(...lives);
  const range = describeRange(lives);
  if (rest.length === 0) return `${range} after its start`;
  if (longest < soon) return `at once, ${range} after each start`;
  if (longest - shortest <= Math.max(sameWithin, longest * sameShare)) return `steady, ${range} after each start`;
  const steps = rest.map((life, index) => life - (lives[index] ?? life));
  if (steps.every((step) => step > 0)) return `growing, from ${describeDuration(first)} to ${describeDuration(longest)} after start`;
  if (steps.every((step) => step < 0)) return `shrinking, from ${describeDuration(first)} to ${describeDuration(shortest)} after start`;
  return `irregular, ${range} after start`;
}
