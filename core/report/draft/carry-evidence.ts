import { findManagedBlocks, openingLine } from '../managed-blocks.ts';

const rowId = /^\| <a id="ev-([0-9a-f]{16})">/;

/**
 * Keeps the rows of records that people's own text still cites, when a fresh evidence table no longer has them. Without it an
 * update would leave links that lead nowhere.
 *
 * @param updated with the fresh evidence part in place
 * @param before the document as it was
 */
export function carryEvidence(updated: string, before: string): string {
  const block = evidenceOf(updated);
  const old = evidenceOf(before);
  if (block === undefined || old === undefined || block.edited) return updated;
  const lines = block.content.split('\n');
  const rows = lines.filter((line) => rowId.test(line));
  const [sample] = rows;
  const kept = new Set(rows.map(idOf));
  const elsewhere = updated.slice(0, block.from) + updated.slice(block.to);
  const wanted = old.content.split('\n').filter((row) => rowId.test(row) && !kept.has(idOf(row)) && cites(elsewhere, idOf(row)));
  const fitting = wanted.filter((row) => sample !== undefined && cellsOf(row) === cellsOf(sample));
  if (fitting.length === 0) return updated;
  const last = lines.findLastIndex((line) => rowId.test(line));
  const content = [...lines.slice(0, last + 1), ...fitting, ...lines.slice(last + 1)].join('\n');
  const part = `${openingLine('evidence', content)}\n\n${content}\n\n<!-- mortem:end evidence -->`;
  const lineEnd = updated.slice(block.from, block.to).includes('\r\n') ? '\r\n' : '\n';
  return updated.slice(0, block.from) + part.replaceAll('\n', lineEnd) + updated.slice(block.to);
}

function evidenceOf(document: string) {
  return findManagedBlocks(document).blocks.find((block) => block.name === 'evidence');
}

function idOf(row: string): string {
  return rowId.exec(row)?.[1] ?? '';
}

/** As a link, or as people write an id: its first eight digits or more. */
function cites(text: string, id: string): boolean {
  const named = [...text.matchAll(/(?:\bEV-|\(#ev-)([0-9a-f]{8,16})(?![0-9a-f])/gi)].map((match) => (match[1] ?? '').toLowerCase());
  return named.some((prefix) => id.startsWith(prefix));
}

function cellsOf(row: string): number {
  return (row.match(/\\.|\|/g) ?? []).filter((match) => match === '|').length;
}
