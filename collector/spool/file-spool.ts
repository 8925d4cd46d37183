import { AppendFault } from './append-fault.ts';
import { countLines, linesIn } from './batch-lines.ts';
import { createDropLedger, type DropLedger, type Dropped } from './drop-ledger.ts';
import { roomFor } from './evidence-class.ts';
import { createLineGroup, type LineGroup } from './line-group.ts';
import { createPace, type Pace } from './pace.ts';
import { createOverflow, type Overflow, type PlacedLine } from './overflow.ts';
import { setAside } from './rejected-folder.ts';
import type { OpenSegmentFile } from './segment-file.ts';
import { createSegmentLog, type SegmentLog } from './segment-log.ts';
import { openSpoolFolder, writeCursor } from './spool-folder.ts';
import type { Batch, Spool } from './spool.ts';
import { createTurns, type Turns } from './turns.ts';

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
  /** What waits for the disk, and, while it is written, what comes meanwhile: they take turns. */
  waiting: LineGroup;
  spare: LineGroup;
  degraded?: string | undefined;
  cursorFault?: string | undefined;
  /** What the cursor on the disk says was dropped. */
  savedDropped: Dropped | undefined;
}

const nothing: Buffer = Buffer.alloc(0);

/** Append-only segments on disk: `append` resolves when its line is synced, lines that come together share one sync. */
export async function openFileSpool(options: FileSpoolOptions): Promise<FileSpool> {
  const { dir, maxBytes = 1_000_000_000, segmentBytes = 8_000_000, memoryBytes = 16_000_000, syncEveryMs = 0, openFile } = options;
  const { segments, cursor, observations, dropped } = await openSpoolFolder(dir);
  const log = createSegmentLog({ dir, segments, segmentBytes, ...(openFile && { openFile }) });
  const tail = Math.max(cursor, segments.at(-1)?.end ?? 0);
  const [ledger, overflow, turns, pace] = [createDropLedger(dropped), createOverflow(), createTurns(), createPace(syncEveryMs)];
  const groups = { waiting: createLineGroup(), spare: createLineGroup() };
  const state: State = { dir, log, overflow, ledger, turns, pace, cursor, tail, observations, savedDropped: dropped, ...groups };
  return {
    // Not async: a function that waits keeps what it was called with.
    append(observation, text = JSON.stringify(observation)) {
      const bytes = Buffer.byteLength(text) + 1;
      const waitingBytes = state.waiting.content().length + bytes;
      const used = state.tail - state.cursor + waitingBytes;
      const usedMemory = overflow.bytes() + waitingBytes;
      const isFull =
        used > roomFor(observation, maxBytes) || (state.degraded !== undefined && usedMemory > roomFor(observation, memoryBytes));
      if (!isFull) return enqueue(state, text, bytes);
      ledger.add(observation);
      return turns.take(() => saveCursor(state));
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
function enqueue(state: State, text: string, bytes: number): Promise<void> {
  const { waiting, pace, turns } = state;
  const place = waiting.add(text, bytes);
  if (place === 0) pace.begin(() => void turns.take(() => commit(state)));
  return waiting
    .outcome()
    .then((end) => (end.kind === 'taken' ? undefined : Promise.reject(new AppendFault(end.lines[place] ?? '', end.error))));
}

async function commit(state: State): Promise<void> {
  const group = state.waiting;
  if (group.lines() === 0) return;
  state.waiting = state.spare;
  state.spare = group;
  const content = group.content();
  try {
    await write(state, content);
  } catch (error) {
    group.settle({ error });
    return;
  }
  state.tail += content.length;
  state.observations += group.lines();
  group.settle();
}

/** To disk, after what a full disk has left in memory; while it is full, to memory. Any other fault is the caller's. */
async function write(state: State, lines: Buffer): Promise<void> {
  const { overflow, log, tail } = state;
  try {
    for (const piece of overflow.pieces()) {
      const [first] = piece;
      if (first === undefined) continue;
      const bytes = Buffer.concat(piece.map((line) => line.bytes));
      await log.write(bytes, first.position);
      overflow.removeThrough(first.position + bytes.length);
    }
    if (lines.length > 0) await log.write(lines, tail);
    state.degraded = undefined;
  } catch (error) {
    // Without new lines nothing is lost: what is in memory stays there until the next try.
    if (!isDiskFull(error) && lines.length > 0) throw error;
    overflow.add(lines, tail);
    state.degraded = describe(error);
  }
}

function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EROFS';
}

async function peek(state: State, maxBytes: number): Promise<Batch | undefined> {
  const { cursor, log, overflow } = state;
  const onDisk = await log.read(cursor, maxBytes);
  const bytes = onDisk.length > 0 ? onDisk : fitting(overflow.lines(), maxBytes);
  if (bytes.length === 0) return undefined;
  return { id: `${cursor}-${cursor + bytes.length}`, bytes, observations: countLines(bytes) };
}

function fitting(lines: readonly PlacedLine[], maxBytes: number): Buffer {
  const [first] = lines;
  const from = first?.position ?? 0;
  const fit = lines.filter((line) => line === first || line.position + line.bytes.length - from <= maxBytes);
  return Buffer.concat(fit.map(({ bytes }) => bytes));
}

async function acknowledge(state: State, batch: Batch): Promise<void> {
  const [start = Number.NaN, end = Number.NaN] = batch.id.split('-').map(Number);
  if (!(end > state.cursor)) return;
  state.observations -= countLines(batch.bytes.subarray(Math.max(0, state.cursor - start)));
  state.cursor = end;
  state.overflow.removeThrough(end);
  await state.log.removeThrough(end);
  await saveCursor(state);
  await write(state, nothing);
}

/** On a full disk what cannot be set aside is given up: kept at the head, it would hold up everything behind it. */
async function reject(state: State, batch: Batch, reason: string): Promise<void> {
  try {
    await setAside(state.dir, batch.id, { reason, batch });
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    for (const line of linesIn(batch.bytes)) state.ledger.add(observationOf(line));
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
    const isDurable = dropped !== undefined || state.savedDropped !== undefined;
    await writeCursor(state.dir, { position: state.cursor, dropped }, isDurable);
    state.savedDropped = dropped;
    state.cursorFault = undefined;
  } catch (error) {
    state.cursorFault = describe(error);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
