import { findManagedBlocks, type BlockMarks } from '../managed-blocks.ts';
import { withoutCode } from './without-code.ts';

export interface ScannedLine {
  /** From 1. */
  readonly number: number;
  readonly raw: string;
  /** Without code spans: what they hold is quoted and says nothing by itself. */
  readonly prose: string;
  /** Name of the managed block it lies in. */
  readonly block?: string;
}

export interface ScannedDocument {
  /** Lines outside of fences. */
  readonly lines: readonly ScannedLine[];
  readonly marks: BlockMarks;
}

const fenceMark = /^ {0,3}(`{3,}|~{3,})/;

/** A document line by line, as far as the checks look at it. */
export function scanDocument(document: string): ScannedDocument {
  const marks = findManagedBlocks(document);
  const lines: ScannedLine[] = [];
  let at = 0;
  let fence: string | undefined;
  let next = 0;
  for (const [index, text] of document.split('\n').entries()) {
    const from = at;
    at += text.length + 1;
    const mark = fenceMark.exec(text)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) === true && text.trim() === mark) fence = undefined;
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      continue;
    }
    while ((marks.blocks[next]?.to ?? Infinity) <= from) next += 1;
    const block = marks.blocks[next];
    const raw = text.replace(/\r$/, '');
    const inside = block !== undefined && from > block.from && at - 1 < block.to;
    lines.push({ number: index + 1, raw, prose: withoutCode(raw), ...(inside ? { block: block.name } : {}) });
  }
  return { lines, marks };
}
