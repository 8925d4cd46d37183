import { createFatalRegion } from './fatal-region.ts';

/** The end of a log, and before it, if there was one, the part around its last fatal line. */
export interface LogTail {
  readonly text: string;
  /** Bytes of the answer that are not in the text. */
  readonly droppedBytes: number;
}

/**
 * Reads a body to its end and keeps the last `maxBytes` of it, from the beginning of a line where there is one; of that, some
 * for the last fatal lines before it. The API's own `limitBytes` keeps the start of a tail, and what a post-mortem needs is its
 * end. Invalid UTF-8 becomes U+FFFD.
 */
export async function readLogTail(body: AsyncIterable<unknown>, maxBytes: number): Promise<LogTail> {
  const fatal = createFatalRegion();
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let droppedBytes = 0;
  for await (const chunk of body) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    kept.push(bytes);
    keptBytes += bytes.length;
    while (kept[0] !== undefined && keptBytes - kept[0].length >= maxBytes) {
      fatal.feed(kept[0]);
      keptBytes -= kept[0].length;
      droppedBytes += kept[0].length;
      kept = kept.slice(1);
    }
  }
  const end = Buffer.concat(kept);
  const excess = Math.max(0, end.length - maxBytes);
  const start = droppedBytes + excess > 0 ? lineStart(end, excess) : 0;
  fatal.feed(end.subarray(0, start));
  return join(end, { start, droppedBytes, maxBytes, region: fatal.region() });
}

interface Parts {
  /** Where the tail begins in what is left of the body. */
  readonly start: number;
  readonly droppedBytes: number;
  readonly maxBytes: number;
  readonly region: Buffer | undefined;
}

/** The fatal region takes its room from the beginning of the tail; a line of ours says what is missing between them. */
function join(end: Buffer, { start, droppedBytes, maxBytes, region }: Parts): LogTail {
  if (region === undefined || region.length * 2 > maxBytes) {
    return { text: end.subarray(start).toString('utf8'), droppedBytes: droppedBytes + start };
  }
  const from = Math.max(start, lineStart(end, Math.max(0, end.length - (maxBytes - region.length))));
  const leftOut = droppedBytes + from - region.length;
  const text = `${region.toString('utf8')}[mortem: ${leftOut} bytes of this log are left out, most of them here]\n${end.subarray(from).toString('utf8')}`;
  return { text, droppedBytes: leftOut };
}

/** After the next newline; in one endless line after the next blank, so that no half of a credential stands without its name. */
function lineStart(bytes: Buffer, from: number): number {
  const newline = bytes.indexOf(0x0a, from);
  if (newline >= 0 && newline < bytes.length - 1) return newline + 1;
  const blank = bytes.indexOf(0x20, from);
  return blank >= 0 && blank < bytes.length - 1 ? blank + 1 : from;
}
