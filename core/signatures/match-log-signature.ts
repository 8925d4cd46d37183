import { logTail } from './log-tail.ts';
import type { LogCause, LogSignature, SignatureTable } from './log-signature.ts';
import { signatureTables } from './signature-tables.ts';
import { readStatements } from './statements.ts';
import type { Statement, StatementLine } from './statements.ts';

export interface LogSignatureMatch {
  readonly cause: LogCause;
  /** The line that shows it, without escape sequences and time stamp. */
  readonly line: string;
  /** Counted from 1 in the text that was given. */
  readonly lineNumber: number;
  /** The `text` of the signature that matched. */
  readonly signature: string;
}

interface Candidate extends LogSignatureMatch {
  readonly generic: boolean;
  /** Position of the table: root causes stand before what wraps them. */
  readonly rank: number;
  readonly depth: number;
  readonly distance: number;
  readonly strength: Statement['strength'];
}

interface Row {
  readonly table: SignatureTable;
  readonly signature: LogSignature;
  readonly rank: number;
}

/** How many statements from the end a signature still counts: what a process says last is what ended it. */
const reach = { soft: 5, plain: 20, hard: 40 } as const;
/** A process that showed life afterwards got over it, unless these were its dying words all the same. */
const reachDespiteLife = 3;
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

const stopRequest =
  /\b(?:sigterm|signal 15|signal: terminated|signal terminated|handling signal: term|graceful(?:ly)? shut|shutting down gracefully|shutdown request)/;

const rows: readonly Row[] = signatureTables.flatMap((table, rank) => table.signatures.map((signature) => ({ table, signature, rank })));

function lineOfMatch({ lines }: Statement, pattern: RegExp): readonly StatementLine[] {
  const joined = lines.map(({ text }) => text).join('\n');
  const match = pattern.exec(joined.slice(0, 4096));
  if (match === null) return [];
  const breaks = joined.slice(0, match.index + match[0].length).split('\n').length - 1;
  return lines.slice(breaks, breaks + 1);
}

function speaks(line: StatementLine, { text, pattern, unless }: LogSignature): boolean {
  return line.lower.includes(text) && (pattern === undefined || pattern.test(line.text)) && !(unless?.test(line.text) ?? false);
}

function linesOf(statement: Statement, signature: LogSignature): readonly StatementLine[] {
  if (signature.spansLines && signature.pattern !== undefined) return lineOfMatch(statement, signature.pattern);
  return statement.lines.filter((line) => speaks(line, signature));
}

function candidatesOf(statement: Statement, relevant: readonly Row[]): readonly Candidate[] {
  return relevant.flatMap(({ table, signature, rank }) =>
    linesOf(statement, signature).map((line) => ({
      cause: table.cause,
      line: line.text.trim(),
      lineNumber: line.number,
      signature: signature.text,
      generic: table.generic ?? false,
      rank,
      depth: line.depth,
      distance: statement.distance,
      strength: statement.strength,
    })),
  );
}

function counts(statement: Statement): boolean {
  if (statement.survived && (statement.strength !== 'hard' || statement.distance > reachDespiteLife)) return false;
  return statement.distance <= reach[statement.strength];
}

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

function choose(candidates: readonly (readonly Candidate[])[]): Candidate | undefined {
  const pick = (wanted: (candidate: Candidate) => boolean): Candidate | undefined =>
    nearest(candidates.flatMap((ofStatement) => best(ofStatement.filter(wanted)) ?? []));
  const firm = pick(({ generic, strength }) => !generic && strength !== 'soft');
  const soft = pick(({ generic, strength }) => !generic && strength === 'soft');
  const specific = firm !== undefined && (soft === undefined || firm.distance <= soft.distance + softReach) ? firm : soft;
  const general = pick(({ generic }) => generic);
  if (specific === undefined || general === undefined) return specific ?? general;
  return specific.distance <= general.distance + genericReach ? specific : general;
}

/** An exit code that says the same makes a signature certain, wherever in reach it stands. */
function confirmed(candidates: readonly (readonly Candidate[])[], exitCode: number | undefined): readonly (readonly Candidate[])[] {
  const causes = exitCode === undefined ? undefined : causesOfExitCode.get(exitCode);
  if (causes === undefined) return candidates;
  const fitting = candidates.map((ofStatement) => ofStatement.filter(({ cause }) => causes.includes(cause)));
  return fitting.some((ofStatement) => ofStatement.length > 0) ? fitting : candidates;
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
  const lower = tail.map((line) => line.lower).join('\n');
  const relevant = rows.filter(
    ({ signature }) =>
      lower.includes(signature.text) &&
      (signature.exitCodes === undefined || (exitCode !== undefined && signature.exitCodes.includes(exitCode))),
  );
  if (relevant.length === 0) return undefined;
  const statements = readStatements(tail);
  if (stoppedOnRequest(statements, exitCode)) return undefined;
  const candidates = statements.filter(counts).map((statement) => candidatesOf(statement, relevant));
  const chosen = choose(confirmed(candidates, exitCode));
  return chosen === undefined
    ? undefined
    : { cause: chosen.cause, line: chosen.line, lineNumber: chosen.lineNumber, signature: chosen.signature };
}
