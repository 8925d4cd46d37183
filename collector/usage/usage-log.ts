/** One memory sample of one container. */
export interface MemorySample {
  /** Whole seconds since 1970, as `metrics.k8s.io` gives its times. */
  readonly second: number;
  readonly kibibytes: number;
}

/**
 * The samples of the last ten minutes of all containers, oldest first, in one ring of numbers: what it holds follows from how
 * much was sampled, twelve bytes each, and not from how many containers there are.
 */
export interface UsageLog {
  add(slot: number, sample: MemorySample): void;
  /** Of one container, from `from` up to and with `to` (seconds). */
  samplesOf(slot: number, from: number, to: number): readonly MemorySample[];
  /** Samples that are held. */
  size(): number;
}

export const keptSeconds = 600;
const firstCapacity = 1024;
/** Six megabytes: half a million samples are ten minutes of fifty thousand containers. Beyond it the oldest give way earlier. */
const largestCapacity = 524_288;

interface Columns {
  readonly slots: Uint32Array;
  readonly seconds: Uint32Array;
  readonly kibibytes: Uint32Array;
}

export function createUsageLog(largest = largestCapacity): UsageLog {
  let columns = columnsOf(Math.min(firstCapacity, largest));
  let first = 0;
  let held = 0;

  const at = (offset: number): number => (first + offset) % columns.slots.length;

  function dropOldest(): void {
    first = at(1);
    held -= 1;
  }

  function grow(): void {
    const larger = columnsOf(Math.min(columns.slots.length * 2, largest));
    for (let offset = 0; offset < held; offset++) copy(columns, at(offset), larger, offset);
    columns = larger;
    first = 0;
  }

  return {
    add(slot, { second, kibibytes }) {
      while (held > 0 && (columns.seconds[first] ?? 0) < second - keptSeconds) dropOldest();
      if (held === columns.slots.length) {
        if (held < largest) grow();
        else dropOldest();
      }
      const next = at(held);
      columns.slots[next] = slot;
      columns.seconds[next] = second;
      columns.kibibytes[next] = kibibytes;
      held += 1;
    },
    samplesOf(slot, from, to) {
      const found: MemorySample[] = [];
      for (let offset = 0; offset < held; offset++) {
        const index = at(offset);
        const second = columns.seconds[index] ?? 0;
        if (columns.slots[index] === slot && second >= from && second <= to) {
          found.push({ second, kibibytes: columns.kibibytes[index] ?? 0 });
        }
      }
      return found;
    },
    size: () => held,
  };
}

function columnsOf(capacity: number): Columns {
  return { slots: new Uint32Array(capacity), seconds: new Uint32Array(capacity), kibibytes: new Uint32Array(capacity) };
}

function copy(from: Columns, at: number, to: Columns, index: number): void {
  to.slots[index] = from.slots[at] ?? 0;
  to.seconds[index] = from.seconds[at] ?? 0;
  to.kibibytes[index] = from.kibibytes[at] ?? 0;
}
