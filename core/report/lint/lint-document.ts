import { todoMark } from '../draft/todo.ts';
import { checkClaims } from './check-claims.ts';
import { checkEvidence } from './check-evidence.ts';
import { checkTables } from './check-tables.ts';
import { forbiddenPhrases } from './forbidden-phrases.ts';
import type { LintFinding } from './lint-finding.ts';
import { scanDocument, type ScannedDocument } from './scan-document.ts';

export interface LintOptions {
  /** UTF-8 bytes above which a forge may refuse the document or cut it. */
  readonly maxBytes?: number;
}

const defaultMaxBytes = 60_000;

/** What still stands between a draft and its readers, in order of its lines. */
export function lintDocument(document: string, { maxBytes = defaultMaxBytes }: LintOptions = {}): readonly LintFinding[] {
  const scanned = scanDocument(document);
  const findings = [
    ...openTodos(scanned),
    ...checkClaims(scanned),
    ...checkEvidence(scanned),
    ...blockFindings(scanned),
    ...phrases(scanned),
    ...checkTables(scanned),
    ...sizeFindings(document, maxBytes),
  ];
  return findings.toSorted((a, b) => a.line - b.line || (a.rule < b.rule ? -1 : 1));
}

/** A ticked box is an answer. */
function openTodos({ lines }: ScannedDocument): readonly LintFinding[] {
  return lines
    .filter(({ raw }) => !/^\s*[-*] \[[xX]\]/.test(raw))
    .flatMap(({ prose, number }) =>
      Array.from({ length: prose.split(todoMark).length - 1 }, () => ({
        rule: 'open-todo' as const,
        level: 'error' as const,
        line: number,
        text: `${todoMark} is open: answer it, tick it, or take it out.`,
      })),
    );
}

function blockFindings({ marks }: ScannedDocument): readonly LintFinding[] {
  return [
    ...marks.blocks
      .filter((block) => block.edited)
      .map(({ name, line }) => ({
        rule: 'edited-block' as const,
        level: 'note' as const,
        line,
        text: `The generated part "${name}" was edited: updates leave it alone.`,
      })),
    ...marks.broken.map(({ name, line }) => ({
      rule: 'broken-block' as const,
      level: 'error' as const,
      line,
      text: `The mark of the generated part "${name}" has no partner, or there are two of it: updates leave it alone.`,
    })),
  ];
}

/** A heading is what the organisation wants it to be. */
function phrases({ lines }: ScannedDocument): readonly LintFinding[] {
  return lines
    .filter(({ block, raw }) => block !== undefined && !raw.startsWith('#'))
    .flatMap(({ prose, number }) =>
      forbiddenPhrases(prose).map((phrase) => ({
        rule: 'forbidden-phrase' as const,
        level: 'error' as const,
        line: number,
        text: `"${phrase}" stands in a generated part, which may not judge.`,
      })),
    );
}

function sizeFindings(document: string, maxBytes: number): readonly LintFinding[] {
  const bytes = new TextEncoder().encode(document).length;
  if (bytes <= maxBytes) return [];
  return [
    {
      rule: 'size',
      level: 'note',
      line: 1,
      text: `${bytes} bytes are more than ${maxBytes}: post it in parts with "mortem draft --target github-issue".`,
    },
  ];
}
