import { matchLogSignature } from '../../../core/signatures/match-log-signature.ts';

/** The cause and the quoted line, as short as a table of cases needs them. */
export function matchedCause(log: string, exitCode?: number): readonly [cause: string, line: string] | undefined {
  const match = matchLogSignature(log, exitCode === undefined ? {} : { exitCode });
  return match === undefined ? undefined : [match.cause, match.line];
}
