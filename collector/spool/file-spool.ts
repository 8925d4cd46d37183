import { createTurns, type Turns } from './turns.ts';
import { createDropLedger, type DropLedger } from './drop-ledger.ts';
import { roomFor } from './evidence-class.ts';
import { createPace, type Pace } from './pace.ts';
import { createOverflow, type Overflow, type PlacedLine } from './overflow.ts';
import { setAside } from './rejected-folder.ts';
import type { OpenSegmentFile } from './segment-file.ts';
import { createSegmentLog, type SegmentLog } from './segment-log.ts';
import { openSpoolFolder, writeCursor } from './spool-folder.ts';
import type { Batch, Spool } from './spool.ts';

export interface FileSpoolOptions {
  /** A folder of its own, on a disk that outlives the process. One process at a time. */
  readonly dir: string;
  /** Bytes of lines; what comes into a full spool is given up by its class and counted. Default 1 GB. */
  readonly maxBytes?: number;
  /** Default 8 MB. */
  readonly segmentBytes?: number;
  /** Bytes of lines that are kept in memory while the disk is full. Default 16 MB. */
  readonly memoryBytes?: number;
  /** Lines that keep coming share a sync, one in so many milliseconds; a line that comes alone is synced at once. Default: none waits. */
  readonly syncEveryMs?: number;
  readonly openFile?: OpenSegmentFile;
}

export interface FileSpool extends Spool {
  close(): Promise<void>;
}

interface Waiting {
  readonly text: string;
  readonly bytes: number;
  readonly done: PromiseWithResolvers<void>;
}

interface State {
  readonly dir: string;
  readonly log: SegmentLog;
  readonly overflow: Overflow;
  readonly ledger: DropLedger;
  readonly turns: Turns;
  readonly pace: Pace;
  /** Position of the oldest line that is not acknowledged, and the end of the newest. */
  cursor: number;
  tail: number;
  observations: number;
  waiting: readonly Waiting[];
  waitingBytes: number;
  degraded?: string | undefined;
  cursorFault?: string | undefined;
}

/** Append-only segments on disk: `append` resolves when its line is synced, lines that come together share one sync. */
export async function openFileSpool(options: FileSpoolOptions): Promise<FileSpool> {
  const { dir, maxBytes = 1_000_000_000, segmentBytes = 8_000_000, memoryBytes = 16_000_000, syncEveryMs = 0, openFile } = options;
  const { segments, cursor, observations, dropped } = await openSpoolFolder(dir);
  const log = createSegmentLog({ dir, segments, segmentBytes, ...(openFile && { openFile }) });
  const tail = Math.max(cursor, segments.at(-1)?.end ?? 0);
  const [ledger, overflow, turns, pace] = [createDropLedger(dropped), createOverflow(), createTurns(), createPace(syncEveryMs)];
  const state: State = { dir, log, overflow, ledger, turns, pace, cursor, tail, observations, waiting: [], waitingBytes: 0 };
  return {
    async append(observation, text = JSON.stringify(observation)) {
      const bytes = Buffer.byteLength(text) + 1;
      const used = state.tail - state.cursor + state.waitingBytes + bytes;
      const usedMemory = overflow.bytes() + state.waitingBytes + bytes;
      const isFull =
        used > roomFor(observation, maxBytes) || (state.degraded !== undefined && usedMemory > roomFor(observation, memoryBytes));
      if (!isFull) return enqueue(state, { text, bytes, done: Promise.withResolvers<void>() });
      ledger.add(observation);
      await turns.take(() => saveCursor(state));
    },
    peek: (maxBatchBytes) => turns.take(() => peek(state, maxBatchBytes)),
    ack: (batch) => turns.take(() => acknowledge(state, batch)),
    reject: (batch, reason) => turns.take(() => reject(state, batch, reason)),
    size() {
      const degraded = state.degraded ?? state.cursorFault;
      const counts = { observations: state.observations, bytes: state.tail - state.cursor, dropped: ledger.total() };
      return { ...counts, ...(degraded !== undefined && { degraded }) };
    },
    takeDropped: () => ledger.take(),
    close: () =>
      turns.take(async () => {
        await commit(state);
        await log.close();
      }),
  };
}

/** Whatever waits when its turn comes is written and synced at once. */
function enqueue(state: State, line: Waiting): Promise<void> {
  state.waiting = [...state.waiting, line];
  state.waitingBytes += line.bytes;
  if (state.waiting.length === 1) state.pace.begin(() => void state.turns.take(() => commit(state)));
  return line.done.promise;
}

async function commit(state: State): Promise<void> {
  const group = state.waiting;
  if (group.length === 0) return;
  state.waiting = [];
  state.waitingBytes = 0;
  const lines = place(group, state.tail);
  try {
    await write(state, lines);
  } catch (error) {
    for (const { done } of group) done.reject(error);
    return;
  }
  state.tail = endOf(lines, state.tail);
  state.observations += lines.length;
  for (const { done } of group) done.resolve();
}

function place(group: readonly Waiting[], from: number): PlacedLine[] {
  let position = from;
  return group.map(({ text, bytes }) => {
    position += bytes;
    return { text, bytes, position: position - bytes };
  });
}

/** To disk, after what a full disk has left in memory; while it is full, to memory. Any other fault is the caller's. */
async function write(state: State, lines: readonly PlacedLine[]): Promise<void> {
  try {
    for (const piece of state.overflow.pieces()) {
      await writeLines(state.log, piece);
      state.overflow.removeThrough(endOf(piece, 0));
    }
    await writeLines(state.log, lines);
    state.degraded = undefined;
  } catch (error) {
    // Without new lines nothing is lost: what is in memory stays there until the next try.
    if (!isDiskFull(error) && lines.length > 0) throw error;
    state.overflow.add(lines);
    state.degraded = describe(error);
  }
}

async function writeLines(log: SegmentLog, lines: readonly PlacedLine[]): Promise<void> {
  const [first] = lines;
  if (first !== undefined) await log.write(Buffer.from(lines.map(({ text }) => `${text}\n`).join('')), first.position);
}

function endOf(lines: readonly PlacedLine[], otherwise: number): number {
  const last = lines.at(-1);
  return last === undefined ? otherwise : last.position + last.bytes;
}

function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EROFS';
}

async function peek(state: State, maxBytes: number): Promise<Batch | undefined> {
  const { cursor, log, overflow } = state;
  const onDisk = await log.read(cursor, maxBytes);
  const lines = onDisk.length > 0 ? onDisk : fitting(overflow.lines(), maxBytes);
  if (lines.length === 0) return undefined;
  return { id: `${cursor}-${cursor + lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)}`, lines };
}

function fitting(lines: readonly PlacedLine[], maxBytes: number): string[] {
  const [first] = lines;
  return lines.filter((line) => line === first || endOf([line], 0) - (first?.position ?? 0) <= maxBytes).map(({ text }) => text);
}

async function acknowledge(state: State, batch: Batch): Promise<void> {
  const [start = Number.NaN, end = Number.NaN] = batch.id.split('-').map(Number);
  if (!(end > state.cursor)) return;
  let position = start;
  for (const line of batch.lines) {
    position += Buffer.byteLength(line) + 1;
    if (position > state.cursor) state.observations -= 1;
  }
  state.cursor = end;
  state.overflow.removeThrough(end);
  await state.log.removeThrough(end);
  await saveCursor(state);
  await write(state, []);
}

/** On a full disk what cannot be set aside is given up: kept at the head, it would hold up everything behind it. */
async function reject(state: State, batch: Batch, reason: string): Promise<void> {
  try {
    await setAside(state.dir, batch.id, { reason, lines: batch.lines });
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    for (const line of batch.lines) state.ledger.add(observationOf(line));
  }
  await acknowledge(state, batch);
}

/** A line of ours. */
function observationOf(line: string): { readonly kind: string; readonly observedAt: string } {
  const { kind, observedAt }: { kind: string; observedAt: string } = JSON.parse(line);
  return { kind, observedAt };
}

/** An older cursor sends again what counts once, so a disk that fails now does not keep the spool from going on. */
async function saveCursor(state: State): Promise<void> {
  const dropped = state.ledger.pending();
  try {
    await writeCursor(state.dir, { position: state.cursor, ...(dropped && { dropped }) });
    state.cursorFault = undefined;
  } catch (error) {
    state.cursorFault = describe(error);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
