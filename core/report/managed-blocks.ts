import { hashText } from '../wire/observation-id.ts';
import type { Block } from './block.ts';
import { renderMarkdown } from './render-markdown.ts';

/** A generated part of a document that people edit: it is replaced only while its content still has the hash in its own mark. */
export interface ManagedBlock {
  readonly name: string;
  /** Offsets in the document: from the first character of the opening mark to behind the closing one. */
  readonly from: number;
  readonly to: number;
  /** Between the marks, line ends as `\n`, without blank lines around it. */
  readonly content: string;
  /** Line of the opening mark, from 1. */
  readonly line: number;
  /** What the opening mark says the content was when it was generated. */
  readonly sha: string;
  readonly edited: boolean;
}

export interface BlockMarks {
  readonly blocks: readonly ManagedBlock[];
  /** Marks without their partner, and names that come twice: lines from 1. Nothing is replaced there. */
  readonly broken: readonly { readonly name: string; readonly line: number }[];
}

/** Of a SHA-256: enough to notice an edit, short enough not to get in its way. */
const hashDigits = 16;
const openingMark = /^<!-- mortem:begin ([a-z][a-z-]{0,40}) sha256=([0-9a-f]{16}) -->\s*$/;
const closingMark = /^<!-- mortem:end ([a-z][a-z-]{0,40}) -->\s*$/;
const fenceMark = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Blocks between the marks of a generated part: rendered here, since the opening mark needs their hash, and from then on raw.
 *
 * @param name letters and hyphens, unique within its document
 */
export function managed(name: string, blocks: readonly Block[]): Block {
  const content = normalised(renderMarkdown(blocks));
  return { type: 'html', value: `${openingLine(name, content)}\n\n${content}\n\n<!-- mortem:end ${name} -->` };
}

export function openingLine(name: string, content: string): string {
  return `<!-- mortem:begin ${name} sha256=${blockHash(content)} -->`;
}

/** Forges and editors change line ends and blank lines around a part; that is no edit. */
export function blockHash(content: string): string {
  return hashText(normalised(content)).slice(0, hashDigits);
}

function normalised(content: string): string {
  return content
    .replaceAll('\r\n', '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

interface Line {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly number: number;
}

/** The managed blocks of a document, in its order. Marks that somebody quotes inside a fence are text. */
export function findManagedBlocks(document: string): BlockMarks {
  const blocks: ManagedBlock[] = [];
  const broken: { name: string; line: number }[] = [];
  let open: { readonly name: string; readonly sha: string; readonly line: Line } | undefined;
  for (const line of linesOutsideFences(document)) {
    const [, begins, sha = ''] = openingMark.exec(line.text) ?? [];
    const [, ends] = closingMark.exec(line.text) ?? [];
    if (begins !== undefined) {
      if (open !== undefined) broken.push({ name: open.name, line: open.line.number });
      open = { name: begins, sha, line };
    } else if (ends !== undefined) {
      if (open?.name === ends) blocks.push(toBlock(document, open, line));
      else broken.push({ name: ends, line: line.number });
      open = undefined;
    }
  }
  if (open !== undefined) broken.push({ name: open.name, line: open.line.number });
  const twice = blocks.filter((block) => blocks.some((other) => other !== block && other.name === block.name));
  return {
    blocks: blocks.filter((block) => !twice.includes(block)),
    broken: [...broken, ...twice.map(({ name, line }) => ({ name, line }))].toSorted((a, b) => a.line - b.line),
  };
}

function toBlock(document: string, open: { readonly name: string; readonly sha: string; readonly line: Line }, end: Line): ManagedBlock {
  const raw = document.slice(open.line.to, end.from);
  return {
    name: open.name,
    from: open.line.from,
    to: end.from + end.text.trimEnd().length,
    content: normalised(raw),
    line: open.line.number,
    sha: open.sha,
    edited: blockHash(raw) !== open.sha,
  };
}

function linesOutsideFences(document: string): readonly Line[] {
  const lines: Line[] = [];
  let from = 0;
  let fence: string | undefined;
  for (const [index, text] of document.split('\n').entries()) {
    const to = from + text.length + 1;
    const mark = fenceMark.exec(text)?.[1];
    if (fence === undefined && mark === undefined) lines.push({ text, from, to, number: index + 1 });
    else if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence) === true && text.trim() === mark) fence = undefined;
    from = to;
  }
  return lines;
}
