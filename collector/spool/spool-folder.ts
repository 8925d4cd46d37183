import { mkdir, open, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../trim/read-field.ts';
import { parseJson } from '../watch/read-body.ts';
import type { Dropped } from './drop-ledger.ts';
import { syncFolder, writeAtomically, writeLazily } from './write-atomically.ts';

/** Lines `base` ≤ position < `end` of the spool, in bytes since its beginning. */
export interface Segment {
  readonly base: number;
  readonly end: number;
}

/** What an earlier process left: the segments that are not shipped whole, and how far shipping came. */
export interface SpoolContent {
  readonly segments: readonly Segment[];
  readonly cursor: number;
  /** Lines from the cursor on. */
  readonly observations: number;
  readonly dropped?: Dropped;
  /** Bytes of a torn end that were cut off. */
  readonly cut: number;
}

const segmentName = /^(\d{16})\.ndjson$/;
const newline = 0x0a;

export function segmentPath(dir: string, base: number): string {
  return join(dir, `${String(base).padStart(16, '0')}.ndjson`);
}

/** Reads a folder back after whatever ended the process before: a torn last line is cut off, shipped segments are removed. */
export async function openSpoolFolder(dir: string): Promise<SpoolContent> {
  await mkdir(join(dir, 'rejected'), { recursive: true, mode: 0o700 });
  const bases = (await readdir(dir))
    .flatMap((name) => segmentName.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
  const { position, dropped } = await readCursor(dir);
  const segments: Segment[] = [];
  let observations = 0;
  let cut = 0;
  for (const [index, base] of bases.entries()) {
    const scan = await scanSegment(segmentPath(dir, base), { base, next: bases[index + 1], cursor: position });
    cut += scan.cut;
    observations += scan.observations;
    if (scan.end > position) segments.push({ base, end: scan.end });
    else await rm(segmentPath(dir, base), { force: true });
  }
  await syncFolder(dir);
  const cursor = Math.max(position, segments[0]?.base ?? 0);
  return { segments, cursor, observations, cut, ...(dropped && { dropped }) };
}

interface SegmentPlace {
  readonly base: number;
  /** Base of the segment after it: what stands beyond is the rest of a write that failed and was done again there. */
  readonly next: number | undefined;
  readonly cursor: number;
}

async function scanSegment(
  path: string,
  { base, next, cursor }: SegmentPlace,
): Promise<{ end: number; observations: number; cut: number }> {
  const bytes = await readFile(path);
  const size = next === undefined ? bytes.length : Math.min(bytes.length, next - base);
  const whole = bytes.subarray(0, size).lastIndexOf(newline) + 1;
  if (next === undefined && whole < bytes.length) await truncate(path, whole);
  let observations = 0;
  for (let at = bytes.indexOf(newline); at >= 0 && at < whole; at = bytes.indexOf(newline, at + 1))
    if (base + at >= cursor) observations += 1;
  return { end: base + whole, observations, cut: next === undefined ? bytes.length - whole : 0 };
}

async function readCursor(dir: string): Promise<{ position: number; dropped?: Dropped }> {
  const saved = parseJson(await readFile(cursorPath(dir), 'utf8').catch(absent));
  // Without a cursor everything is sent once more, which counts once.
  if (!isObject(saved) || typeof saved.position !== 'number') return { position: 0 };
  const dropped = readDropped(saved.dropped);
  return { position: saved.position, ...(dropped && { dropped }) };
}

function absent(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}

function readDropped(saved: unknown): Dropped | undefined {
  if (!isObject(saved) || typeof saved.from !== 'string' || typeof saved.to !== 'string' || !isObject(saved.counts)) return undefined;
  const counts = Object.entries(saved.counts).flatMap(([kind, count]) => (typeof count === 'number' ? [[kind, count] as const] : []));
  return { from: saved.from, to: saved.to, counts: Object.fromEntries(counts) };
}

const cursorPath = (dir: string): string => join(dir, 'cursor.json');

export interface Cursor {
  readonly position: number;
  readonly dropped?: Dropped | undefined;
}

/** `isDurable`: when it resolves. What is dropped must be told; a position that is lost with the power sends again what counts once. */
export function writeCursor(dir: string, cursor: Cursor, isDurable: boolean): Promise<void> {
  return (isDurable ? writeAtomically : writeLazily)(cursorPath(dir), JSON.stringify(cursor));
}

interface LineRange {
  /** Places in the file. */
  readonly from: number;
  readonly to: number;
  readonly maxBytes: number;
  /** One line even when it is longer than `maxBytes`. */
  readonly atLeastOne: boolean;
}

/** Whole lines with their newlines from `from` on, as many as fit. */
export async function readLines(path: string, { from, to, maxBytes, atLeastOne }: LineRange): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    for (let size = Math.max(maxBytes, 1); ; size *= 2) {
      const length = Math.min(size, to - from);
      const bytes = Buffer.allocUnsafeSlow(length);
      const { bytesRead } = await file.read(bytes, 0, length, from);
      const isWidened = size > maxBytes;
      const end = isWidened ? bytes.subarray(0, bytesRead).indexOf(newline) : bytes.subarray(0, bytesRead).lastIndexOf(newline);
      if (end >= 0) return bytes.subarray(0, end + 1);
      if (!atLeastOne) return Buffer.alloc(0);
      if (length === to - from) throw new Error(`${path} does not have the lines it had: something else has changed it`);
    }
  } finally {
    await file.close();
  }
}
