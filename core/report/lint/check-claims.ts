import type { LintFinding } from './lint-finding.ts';
import type { ScannedDocument, ScannedLine } from './scan-document.ts';

/** Generated parts that state facts of this incident. The others are fixed text, questions, or the records themselves. */
const factual = new Set(['summary', 'impact', 'steps', 'triggers', 'factors', 'images', 'recurrence', 'response', 'actions']);
/** A record, another incident, or a factor of the same document. */
const source = /\b(?:EV-[0-9a-f]{8,16}|INC-[0-9a-f]{8,16}|F\d{1,2})\b/;
const incidentInCode = /`INC-[0-9a-f]{8,16}`/;
const delimiterRow = /^\|[\s:|-]+\|?$/;
/** What no record shows stands in emphasis. */
const absence = /(?<![\w_])_[^_]+_(?![\w_])/;

/** Sentences, items and rows in generated parts that name no record they rest on. */
export function checkClaims({ lines }: ScannedDocument): readonly LintFinding[] {
  return lines
    .filter((line, index) => isClaim(line, lines[index + 1]) && !isSourced(line))
    .map(({ number, block = '' }) => ({
      rule: 'claim-without-evidence',
      level: 'error',
      line: number,
      text: `This statement in the generated part "${block}" names no evidence id.`,
    }));
}

function isClaim({ block, raw, prose }: ScannedLine, next: ScannedLine | undefined): boolean {
  if (block === undefined || !factual.has(block) || !/\p{L}/u.test(prose)) return false;
  if (raw.startsWith('<') || raw.startsWith('#') || delimiterRow.test(raw)) return false;
  // The head of a table, and the sentence in front of a list.
  return !(next !== undefined && delimiterRow.test(next.raw)) && !raw.trimEnd().endsWith(':');
}

function isSourced({ raw, prose }: ScannedLine): boolean {
  return source.test(prose) || incidentInCode.test(raw) || absence.test(prose);
}
