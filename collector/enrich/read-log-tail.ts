import type { IncomingMessage } from 'node:http';

/** The end of a log. */
export interface LogTail {
  readonly text: string;
  /** Bytes of the answer that were left out before the text. */
  readonly droppedBytes: number;
}

/**
 * Reads a body to its end and keeps the last `maxBytes` of it, from the beginning of a line where there is one. The API's own
 * `limitBytes` keeps the start of a tail, and what a post-mortem needs is its end. Invalid UTF-8 becomes U+FFFD.
 */
export async function readLogTail(body: IncomingMessage, maxBytes: number): Promise<LogTail> {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let droppedBytes = 0;
  for await (const chunk of body) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    kept.push(bytes);
    keptBytes += bytes.length;
    while (kept[0] !== undefined && keptBytes - kept[0].length >= maxBytes) {
      keptBytes -= kept[0].length;
      droppedBytes += kept[0].length;
      kept = kept.slice(1);
    }
  }
  const end = Buffer.concat(kept);
  const excess = Math.max(0, end.length - maxBytes);
  const start = droppedBytes + excess > 0 ? lineStart(end, excess) : 0;
  return { text: end.subarray(start).toString('utf8'), droppedBytes: droppedBytes + start };
}

/** After the next newline; in one endless line after the next blank, so that no half of a credential stands without its name. */
function lineStart(bytes: Buffer, from: number): number {
  const newline = bytes.indexOf(0x0a, from);
  if (newline >= 0 && newline < bytes.length - 1) return newline + 1;
  const blank = bytes.indexOf(0x20, from);
  return blank >= 0 && blank < bytes.length - 1 ? blank + 1 : from;
}
