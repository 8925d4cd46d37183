import { createDropLedger } from './drop-ledger.ts';
import type { Batch, Spool } from './spool.ts';

export interface MemorySpoolOptions {
  /** Beyond it the oldest lines are given up and counted. */
  readonly maxBytes: number;
  readonly onRejected?: (batch: Batch, reason: string) => void;
}

interface Entry {
  readonly sequence: number;
  readonly line: string;
  readonly bytes: number;
  readonly kind: string;
  readonly observedAt: string;
}

/** A spool that ends with the process. What the server has not acknowledged by then is seen again when pods are listed. */
export function createMemorySpool({ maxBytes, onRejected }: MemorySpoolOptions): Spool {
  let entries: Entry[] = [];
  let bytes = 0;
  let appended = 0;
  const ledger = createDropLedger();

  /** Removes everything up to and including a sequence number. */
  function removeThrough(sequence: number): void {
    const kept = entries.findIndex((entry) => entry.sequence > sequence);
    const removed = kept < 0 ? entries.length : kept;
    for (const entry of entries.slice(0, removed)) bytes -= entry.bytes;
    entries = entries.slice(removed);
  }

  /** Makes a tenth of the room at once, so that a full spool does not shift all its lines for each new one. */
  function makeRoom(): void {
    if (bytes <= maxBytes) return;
    let left = bytes;
    let excess = 0;
    while (left > maxBytes * 0.9 && excess < entries.length - 1) {
      left -= entries[excess]?.bytes ?? 0;
      excess += 1;
    }
    for (const entry of entries.slice(0, excess)) ledger.add(entry);
    removeThrough(entries[excess - 1]?.sequence ?? 0);
  }

  return {
    append(observation, line = JSON.stringify(observation)) {
      const size = Buffer.byteLength(line) + 1;
      appended += 1;
      const { kind, observedAt } = observation;
      entries.push({ sequence: appended, line, bytes: size, kind, observedAt });
      bytes += size;
      makeRoom();
      return Promise.resolve();
    },
    peek(maxBatchBytes) {
      let size = 0;
      let count = 0;
      for (const entry of entries) {
        if (count > 0 && size + entry.bytes > maxBatchBytes) break;
        size += entry.bytes;
        count += 1;
      }
      const taken = entries.slice(0, count);
      const last = taken.at(-1);
      const content = Buffer.from(taken.map(({ line }) => `${line}\n`).join(''));
      return Promise.resolve(last && { id: String(last.sequence), bytes: content, observations: count });
    },
    ack(batch) {
      removeThrough(Number(batch.id));
      return Promise.resolve();
    },
    reject(batch, reason) {
      removeThrough(Number(batch.id));
      onRejected?.(batch, reason);
      return Promise.resolve();
    },
    size: () => ({ observations: entries.length, bytes, dropped: ledger.total() }),
    takeDropped: () => ledger.take(),
  };
}
