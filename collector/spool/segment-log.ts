import { rm } from 'node:fs/promises';
import { openSegmentFile, type OpenSegmentFile, type SegmentFile } from './segment-file.ts';
import { readLines, segmentPath, type Segment } from './spool-folder.ts';

/** Lines on disk, addressed by their position: bytes since the beginning of the spool. Callers take turns. */
export interface SegmentLog {
  /** Durable when it resolves. A position that is not the end of the log begins a new segment. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Whole lines with their newlines from this position on, as many as fit, at least one; empty where there are none. */
  read(position: number, maxBytes: number): Promise<Buffer>;
  /** Removes segments of which nothing is left. */
  removeThrough(position: number): Promise<void>;
  close(): Promise<void>;
}

export interface SegmentLogOptions {
  readonly dir: string;
  readonly segments: readonly Segment[];
  /** A segment is closed when it is as large as this. */
  readonly segmentBytes: number;
  readonly openFile?: OpenSegmentFile;
}

export function createSegmentLog({ dir, segments: before, segmentBytes, openFile = openSegmentFile }: SegmentLogOptions): SegmentLog {
  let segments = before;
  let active: { readonly base: number; readonly file: SegmentFile } | undefined;

  async function activeFor(position: number): Promise<{ readonly base: number; readonly file: SegmentFile }> {
    const last = segments.at(-1);
    const continues = active !== undefined && last?.base === active.base && last.end === position;
    if (active !== undefined && continues && position - active.base < segmentBytes) return active;
    await closeActive();
    active = { base: position, file: await openFile(segmentPath(dir, position)) };
    return active;
  }

  async function closeActive(): Promise<void> {
    const closing = active;
    active = undefined;
    await closing?.file.close();
  }

  return {
    async write(bytes, position) {
      const { base, file } = await activeFor(position);
      await file.write(bytes, position - base);
      segments = [...segments.filter((segment) => segment.base !== base), { base, end: position + bytes.length }];
    },
    async read(position, maxBytes) {
      const pieces: Buffer[] = [];
      let at = position;
      for (const { base, end } of segments) {
        const left = maxBytes - (at - position);
        if (at < base || at >= end || left <= 0) continue;
        const more = await readLines(segmentPath(dir, base), {
          from: at - base,
          to: end - base,
          maxBytes: left,
          atLeastOne: pieces.length === 0,
        });
        if (more.length > 0) pieces.push(more);
        at += more.length;
        if (at < end) break;
      }
      const [only, ...others] = pieces;
      return only !== undefined && others.length === 0 ? only : Buffer.concat(pieces);
    },
    async removeThrough(position) {
      const isDone = ({ base, end }: Segment): boolean =>
        end <= position && (base !== active?.base || end - base >= Math.min(segmentBytes, smallestRemoved));
      const done = segments.filter(isDone);
      if (done.some(({ base }) => base === active?.base)) await closeActive();
      segments = segments.filter((segment) => !done.includes(segment));
      for (const { base } of done) await rm(segmentPath(dir, base), { force: true });
    },
    close: closeActive,
  };
}

/** A quiet collector ships each line at once: below this its one file is written on rather than replaced. */
const smallestRemoved = 1_000_000;
