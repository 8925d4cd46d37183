import type { Candidate } from './find-candidates.ts';
import type { LogCause } from './log-signature.ts';

/** Statements this close are one event, and the order of the tables decides. */
const sameEvent = 2;
/** A general sign of failure gives way to a cause stated up to this many statements before it. */
const genericReach = 12;
/** A warning gives way to an error stated up to this many statements before it. */
const softReach = 8;

/** Pairs of exit code and signature that are strong together. */
const causesOfExitCode: ReadonlyMap<number, readonly LogCause[]> = new Map([
  [126, ['command-not-executable']],
  [127, ['bad-command', 'missing-module']],
  [134, ['heap-oom']],
  [255, ['arch-mismatch', 'bad-command']],
]);

/** Within one statement the innermost cause, then the order of the tables, then the last line. */
function best(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.toSorted((a, b) => b.depth - a.depth || a.rank - b.rank || b.lineNumber - a.lineNumber)[0];
}

/** Among statements of one event the order of the tables, then the nearest to the end. */
function nearest(perStatement: readonly Candidate[]): Candidate | undefined {
  const [last] = perStatement;
  if (last === undefined) return undefined;
  return perStatement
    .filter(({ distance }) => distance <= last.distance + sameEvent)
    .toSorted((a, b) => a.rank - b.rank || b.lineNumber - a.lineNumber)[0];
}

/** An exit code that says the same makes a signature certain, wherever in reach it stands. */
function confirmed(candidates: readonly (readonly Candidate[])[], exitCode: number | undefined): readonly (readonly Candidate[])[] {
  const causes = exitCode === undefined ? undefined : causesOfExitCode.get(exitCode);
  if (causes === undefined) return candidates;
  const fitting = candidates.map((ofStatement) => ofStatement.filter(({ cause }) => causes.includes(cause)));
  return fitting.some((ofStatement) => ofStatement.length > 0) ? fitting : candidates;
}

/**
 * The candidate to believe; `candidates` by statement, the last statement first. Errors before warnings, causes before
 * general signs, each only where the other is not much nearer to the end.
 */
export function chooseCandidate(candidates: readonly (readonly Candidate[])[], exitCode: number | undefined): Candidate | undefined {
  const believable = confirmed(candidates, exitCode);
  const pick = (wanted: (candidate: Candidate) => boolean): Candidate | undefined =>
    nearest(believable.flatMap((ofStatement) => best(ofStatement.filter(wanted)) ?? []));
  const firm = pick(({ generic, strength }) => !generic && strength !== 'soft');
  const soft = pick(({ generic, strength }) => !generic && strength === 'soft');
  const specific = firm !== undefined && (soft === undefined || firm.distance <= soft.distance + softReach) ? firm : soft;
  const general = pick(({ generic }) => generic);
  if (specific === undefined || general === undefined) return specific ?? general;
  return specific.distance <= general.distance + genericReach ? specific : general;
}
