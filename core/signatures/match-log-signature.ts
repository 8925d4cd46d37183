import { chooseCandidate } from './choose-candidate.ts';
import { findCandidates } from './find-candidates.ts';
import { logTail } from './log-tail.ts';
import type { LogCause } from './log-signature.ts';
import { readStatements } from './statements.ts';
import type { Statement } from './statements.ts';
import { holdsAnyText } from './texts-in.ts';

export interface LogSignatureMatch {
  readonly cause: LogCause;
  /** The line that shows it, without escape sequences and time stamp. */
  readonly line: string;
  /** Counted from 1 in the text that was given. */
  readonly lineNumber: number;
  /** The `text` of the signature that matched. */
  readonly signature: string;
}

/** How many statements from the end a signature still counts: what a process says last is what ended it. */
const reach = { soft: 5, plain: 20, hard: 40 } as const;
/** A process that showed life afterwards got over it, unless these were its dying words all the same. */
const reachDespiteLife = 3;

const stopRequest =
  /\b(?:sigterm|signal 15|signal: terminated|signal terminated|handling signal: term|graceful(?:ly)? shut|shutting down gracefully|shutdown request)/;

function counts(statement: Statement): boolean {
  if (statement.survived && (statement.strength !== 'hard' || statement.distance > reachDespiteLife)) return false;
  return statement.distance <= reach[statement.strength];
}

function stoppedOnRequest(statements: readonly Statement[], exitCode: number | undefined): boolean {
  if (exitCode !== 143 && exitCode !== 0) return false;
  return statements.slice(0, 8).some(({ lines }) => lines.some(({ lower }) => stopRequest.test(lower)));
}

/**
 * The cause that the log of one container instance shows, from its last 200 lines: the nearest to the end, in a chain
 * the innermost, and the root before what wraps it. `undefined` where no signature is there, or where the process only
 * followed a request to stop. Pass the log of the attempt that failed and no other.
 */
export function matchLogSignature(log: string, options: { readonly exitCode?: number } = {}): LogSignatureMatch | undefined {
  const { exitCode } = options;
  const tail = logTail(log);
  if (!holdsAnyText(tail.map(({ lower }) => lower).join('\n'))) return undefined;
  const statements = readStatements(tail, reach.hard);
  if (stoppedOnRequest(statements, exitCode)) return undefined;
  const chosen = chooseCandidate(findCandidates(statements.filter(counts), exitCode), exitCode);
  if (chosen === undefined) return undefined;
  const { cause, line, lineNumber, signature } = chosen;
  return { cause, line, lineNumber, signature };
}
