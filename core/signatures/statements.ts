import { isSilent, lineRoles } from './line-roles.ts';
import type { LineRole } from './line-roles.ts';
import type { LogLine } from './log-tail.ts';
import { isStopping, showsLife, strengthOf } from './statement-words.ts';
import type { Strength } from './statement-words.ts';

/** A line that may carry a signature. */
export interface StatementLine extends LogLine {
  /** How deep in the chain of causes of its statement: the innermost cause is the largest. */
  readonly depth: number;
}

/** What a program said in one go: a line and what hangs on it, as a stack trace with its chain of causes. */
export interface Statement {
  readonly lines: readonly StatementLine[];
  /** Statements that follow, the chatter of stopping left out. 0 for the last one. */
  readonly distance: number;
  readonly strength: Strength;
  /** A later statement shows the process at work. */
  readonly survived: boolean;
}

interface ReadLine extends LogLine, LineRole {}

/** A log that is indented throughout would otherwise be one statement. */
const maxStatementLines = 150;

function group(tail: readonly LogLine[]): readonly (readonly ReadLine[])[] {
  const roles = lineRoles(tail.map(({ text }) => text));
  const groups: ReadLine[][] = [];
  tail.forEach((line, index) => {
    const role = roles[index] ?? { follows: false, code: false, step: 0 };
    const current = groups.at(-1);
    if (role.follows && current !== undefined && current.length < maxStatementLines) current.push({ ...line, ...role });
    else groups.push([{ ...line, ...role }]);
  });
  return groups;
}

function speakingLines(lines: readonly ReadLine[]): readonly StatementLine[] {
  const kept: StatementLine[] = [];
  let depth = 0;
  for (const { text, lower, number, code, step } of lines) {
    depth += step;
    if (!code && text.trim() !== '' && !isSilent(text)) kept.push({ text, lower, number, depth });
  }
  return kept;
}

/** Reads lines as statements, newest first, up to a distance of `farthest`. */
export function readStatements(tail: readonly LogLine[], farthest: number): readonly Statement[] {
  const statements: Statement[] = [];
  let distance = 0;
  let survived = false;
  for (const lines of group(tail).toReversed()) {
    const head = lines.find(({ text }) => text.trim() !== '');
    if (head === undefined) continue;
    if (distance > farthest) break;
    statements.push({ lines: speakingLines(lines), distance, strength: strengthOf(head.text, head.lower), survived });
    if (!isStopping(head.lower)) distance += 1;
    survived ||= showsLife(head.text, head.lower);
  }
  return statements;
}
