import type { Table, TableCell, TableRow } from 'mdast';
import type { Handle, Info, State } from 'mdast-util-to-markdown';
import { plainPhrasing } from './plain-phrasing.ts';

/** What stands beside a cell, for the serialiser to know what it may have to escape. */
const edge = '|';

/**
 * A table as mdast-util-gfm-table writes it without aligned pipes. Tables are most of a long document, and nearly each of their cells holds
 * nothing to escape: the serialiser is asked only for the others.
 */
export const renderTable: Handle = (node: Table, _parent, state, info) => {
  const exit = state.enter('table');
  const [head = '', ...rows] = node.children.map((row) => renderRow(row, state, info));
  exit();
  const columns = node.children[0]?.children.length ?? 0;
  return [head, `|${' - |'.repeat(columns)}`, ...rows].join('\n');
};

function renderRow({ children }: TableRow, state: State, info: Info): string {
  const exit = state.enter('tableRow');
  let line = edge;
  for (const cell of children) {
    const text = plainPhrasing(cell.children) ?? renderCell(cell, state, info);
    line += text === '' ? ` ${edge}` : ` ${text} ${edge}`;
  }
  exit();
  return line;
}

function renderCell(cell: TableCell, state: State, info: Info): string {
  const exits = [state.enter('tableCell'), state.enter('phrasing')];
  const text = state.containerPhrasing(cell, { ...info, before: edge, after: edge });
  for (const exit of exits.toReversed()) exit();
  return text;
}
