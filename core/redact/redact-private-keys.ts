import { marker } from './marker.ts';

const begin = /-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----/g;
const end = /-----END [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----/g;
/** The kubelet's time stamp of a log line, which is kept, and then nothing but base64. */
const base64Line = /^(?:\d{4}-\d\d-\d\dT[\d:.]{8,18}Z )?[ \t"'|]{0,40}[A-Za-z0-9+/=]{16,}[\s"',]{0,4}$/;
const stamp = /^(?:\d{4}-\d\d-\d\dT[\d:.]{8,18}Z )?/;
/** A 16,384 bit key with a time stamp on each line stays under it. */
const maxBlockLength = 65_536;
const ruleId = 'private-key';

/**
 * PEM blocks, also without their end (cut off) or their beginning (a tail starts in the middle), on one line with `\n`
 * or on many. Each line keeps its place and its time stamp.
 */
export function redactPrivateKeys(text: string, count: (rule: string) => void): string {
  if (!text.includes('PRIVATE KEY')) return text;
  const pieces: string[] = [];
  let done = 0;
  for (const block of privateKeyBlocks(text)) {
    pieces.push(text.slice(done, block.from), maskLines(text.slice(block.from, block.to)));
    done = block.to;
    count(ruleId);
  }
  pieces.push(text.slice(done));
  return pieces.join('');
}

interface Block {
  readonly from: number;
  readonly to: number;
}

function privateKeyBlocks(text: string): Block[] {
  const ends = [...text.matchAll(end)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
  const begins = [...text.matchAll(begin)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
  const blocks: Block[] = [];
  let covered = 0;
  let nextBegin = 0;
  for (const close of ends) {
    while (nextBegin < begins.length && (begins[nextBegin]?.from ?? 0) < close.from) {
      const open = begins[nextBegin++];
      if (open === undefined || open.from < covered) continue;
      const to = close.from - open.to <= maxBlockLength ? close.to : base64End(text, open.to);
      blocks.push({ from: open.from, to });
      covered = to;
    }
    if (close.from >= covered) {
      blocks.push({ from: base64Start(text, close.from, covered), to: close.to });
      covered = close.to;
    }
  }
  for (const open of begins.slice(nextBegin)) {
    if (open.from < covered) continue;
    covered = base64End(text, open.to);
    blocks.push({ from: open.from, to: covered });
  }
  return blocks;
}

/** Past the last base64 line after an opening without an end. */
function base64End(text: string, from: number): number {
  const sameLine = /[A-Za-z0-9+/=\\]*/y;
  sameLine.lastIndex = from;
  let at = from + (sameLine.exec(text)?.[0].length ?? 0);
  while (text[at] === '\n' || text[at] === '\r') {
    const start = text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
    const stop = lineEnd(text, start);
    if (!base64Line.test(text.slice(start, stop))) return at;
    at = stop;
  }
  return at;
}

/** Back to the first base64 line before an end without an opening, and never past what is covered already. */
function base64Start(text: string, from: number, floor: number): number {
  let at = lineStart(text, from, floor);
  while (at > floor) {
    const start = lineStart(text, at - 1, floor);
    if (!base64Line.test(text.slice(start, at - 1))) break;
    at = start;
  }
  const stamped = stamp.exec(text.slice(at, at + 40))?.[0].length ?? 0;
  return Math.min(from, at + stamped);
}

function lineStart(text: string, from: number, floor: number): number {
  return floor + text.slice(floor, from).lastIndexOf('\n') + 1;
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

function maskLines(block: string): string {
  return block
    .split('\n')
    .map((line, index) => (index === 0 ? '' : (stamp.exec(line)?.[0] ?? '')) + marker(ruleId) + (line.endsWith('\r') ? '\r' : ''))
    .join('\n');
}
