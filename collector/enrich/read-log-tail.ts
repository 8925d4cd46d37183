import { createFatalRegion, type Region } from './fatal-region.ts';

/** The end of a log; before it, if there was one, the part around its last fatal line; and before that its first lines. */
export interface LogTail {
  readonly text: string;
  /** Bytes of the answer that are not in the text. */
  readonly droppedBytes: number;
}

/** Of what a program says when it starts: its version, its configuration. Not where so much room would be missed at the end. */
const headBytes = 4000;
const leastForHead = 100_000;

/**
 * Reads a body to its end and keeps the last `maxBytes` of it, from the beginning of a line where there is one; of that, some
 * for the first lines and for the last fatal ones before the end. The API's own `limitBytes` keeps the start of a tail, and what
 * a post-mortem needs is its end. Invalid UTF-8 becomes U+FFFD.
 */
export async function readLogTail(body: AsyncIterable<unknown>, maxBytes: number): Promise<LogTail> {
  const fatal = createFatalRegion();
  let head: Buffer = Buffer.alloc(0);
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let droppedBytes = 0;

  function drop(bytes: Buffer): void {
    if (head.length < headBytes && maxBytes >= leastForHead) head = Buffer.concat([head, bytes.subarray(0, headBytes - head.length)]);
    fatal.feed(bytes);
    droppedBytes += bytes.length;
  }

  for await (const chunk of body) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    kept.push(bytes);
    keptBytes += bytes.length;
    while (kept[0] !== undefined && keptBytes - kept[0].length >= maxBytes) {
      keptBytes -= kept[0].length;
      drop(kept[0]);
      kept = kept.slice(1);
    }
  }
  const end = Buffer.concat(kept);
  const excess = Math.max(0, end.length - maxBytes);
  const start = droppedBytes + excess > 0 ? lineStart(end, excess) : 0;
  drop(end.subarray(0, start));
  return join({ head: wholeLines(head), region: fatal.region(), end: end.subarray(start), droppedBytes, maxBytes });
}

interface Parts {
  readonly head: Buffer;
  readonly region: Region | undefined;
  readonly end: Buffer;
  /** Everything before the end. */
  readonly droppedBytes: number;
  readonly maxBytes: number;
}

/** The first lines and the fatal ones take their room from the beginning of the end; a line of ours says what is missing between them. */
function join({ head, region, end, droppedBytes, maxBytes }: Parts): LogTail {
  const pieces = [...(region !== undefined && region.from < head.length ? [] : [head]), ...(region === undefined ? [] : [region.bytes])];
  const parts = pieces.filter(({ length }) => length > 0);
  const room = parts.reduce((sum, { length }) => sum + length, 0);
  if (parts.length === 0 || room * 2 > maxBytes) return { text: end.toString('utf8'), droppedBytes };
  const from = end.length > maxBytes - room ? lineStart(end, end.length - (maxBytes - room)) : 0;
  const leftOut = droppedBytes + from - room;
  const gap = `[mortem: ${leftOut} bytes of this log are left out, most of them here]\n`;
  const [first, ...others] = parts.map((part) => part.toString('utf8'));
  const between = others.length === 0 ? '' : '[mortem: the log goes on further down]\n';
  return { text: [first, between, ...others, gap, end.subarray(from).toString('utf8')].join(''), droppedBytes: leftOut };
}

function wholeLines(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
}

/** After the next newline; in one endless line after the next blank, so that no half of a credential stands without its name. */
function lineStart(bytes: Buffer, from: number): number {
  const newline = bytes.indexOf(0x0a, from);
  if (newline >= 0 && newline < bytes.length - 1) return newline + 1;
  const blank = bytes.indexOf(0x20, from);
  return blank >= 0 && blank < bytes.length - 1 ? blank + 1 : from;
}
