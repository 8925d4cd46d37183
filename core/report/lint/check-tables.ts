import type { LintFinding } from './lint-finding.ts';
import type { ScannedDocument, ScannedLine } from './scan-document.ts';

/** Tables whose rows do not have as many cells as their head: the rest of such a row is lost where it is shown. */
export function checkTables({ lines }: ScannedDocument): readonly LintFinding[] {
  return tablesOf(lines).flatMap(([head, delimiter, ...rows]) => {
    if (head === undefined) return [];
    if (delimiter === undefined || !/^\|[\s:|-]+\|?$/.test(delimiter.raw)) {
      return [finding(head, 'This table has no row of dashes under its head, so it is shown as text.')];
    }
    const cells = countCells(head.raw);
    return [delimiter, ...rows]
      .filter((row) => countCells(row.raw) !== cells)
      .map((row) => finding(row, `This row has ${countCells(row.raw)} cells, the head of its table has ${cells}.`));
  });
}

function tablesOf(lines: readonly ScannedLine[]): readonly (readonly ScannedLine[])[] {
  const tables: ScannedLine[][] = [];
  for (const line of lines) {
    if (!line.raw.startsWith('|')) continue;
    const open = tables.at(-1);
    if (open !== undefined && open.at(-1)?.number === line.number - 1) open.push(line);
    else tables.push([line]);
  }
  return tables;
}

/** Bars split cells even inside of code spans; only a backslash keeps one from it. */
function countCells(row: string): number {
  const bars = (row.trimEnd().match(/\\.|\|/g) ?? []).filter((match) => match === '|').length;
  return bars - (/(?<!\\)\|$/.test(row.trimEnd()) ? 1 : 0);
}

function finding({ number }: ScannedLine, text: string): LintFinding {
  return { rule: 'table', level: 'error', line: number, text };
}
