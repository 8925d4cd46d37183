import type { LogCause, LogSignature, SignatureTable } from './log-signature.ts';
import { signatureTables } from './signature-tables.ts';
import { textsIn } from './texts-in.ts';
import type { Statement, StatementLine } from './statements.ts';
import type { Strength } from './statement-words.ts';

/** A line that carries a signature, with what weighs it against others. */
export interface Candidate {
  readonly cause: LogCause;
  readonly line: string;
  readonly lineNumber: number;
  readonly signature: string;
  readonly generic: boolean;
  /** Position of the table: root causes stand before what wraps them. */
  readonly rank: number;
  readonly depth: number;
  readonly distance: number;
  readonly strength: Strength;
}

interface Row {
  readonly table: SignatureTable;
  readonly signature: LogSignature;
  readonly rank: number;
}

const maxSpanCharacters = 4096;
const rows: readonly Row[] = signatureTables.flatMap((table, rank) => table.signatures.map((signature) => ({ table, signature, rank })));

/** Most logs hold none of the texts: one look over what counts spares them the patterns. */
function relevantRows(statements: readonly Statement[], exitCode: number | undefined): readonly Row[] {
  const texts = textsIn(statements.flatMap(({ lines }) => lines.map((line) => line.lower)).join('\n'));
  return rows.filter(({ signature: { text, exitCodes } }) => {
    if (exitCodes !== undefined && (exitCode === undefined || !exitCodes.includes(exitCode))) return false;
    return texts.has(text);
  });
}

/** The line on which a match that spans lines ends: there stands the name of what is missing. */
function lastLineOfMatch({ lines }: Statement, pattern: RegExp): readonly StatementLine[] {
  const joined = lines.map(({ text }) => text).join('\n');
  const match = pattern.exec(joined.slice(0, maxSpanCharacters));
  if (match === null) return [];
  const breaks = joined.slice(0, match.index + match[0].length).split('\n').length - 1;
  return lines.slice(breaks, breaks + 1);
}

function speaks(line: StatementLine, { text, pattern, unless }: LogSignature): boolean {
  return line.lower.includes(text) && (pattern === undefined || pattern.test(line.text)) && !(unless?.test(line.text) ?? false);
}

function linesOf(statement: Statement, signature: LogSignature): readonly StatementLine[] {
  if (signature.spansLines && signature.pattern !== undefined) return lastLineOfMatch(statement, signature.pattern);
  return statement.lines.filter((line) => speaks(line, signature));
}

/** All lines of each statement that carry a signature, in the order of the statements. */
export function findCandidates(statements: readonly Statement[], exitCode: number | undefined): readonly (readonly Candidate[])[] {
  const relevant = relevantRows(statements, exitCode);
  if (relevant.length === 0) return [];
  return statements.map((statement) =>
    relevant.flatMap(({ table, signature, rank }) =>
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
    ),
  );
}
