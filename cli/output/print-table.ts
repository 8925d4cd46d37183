import { visibleLine } from '#core/report/visible-text.ts';

/** kubectl's tables: upper-case headers, three blanks between columns, no borders, so that awk works. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  // Names and messages come from the cluster: they must not reach a terminal as control codes.
  const cells = [header, ...rows.map((row) => row.map((cell) => visibleLine(cell, 300)))];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => Array.from(row[column] ?? '').length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === header.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}
