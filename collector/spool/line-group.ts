import { linesIn } from './batch-lines.ts';

/** What became of a group: it is where it should be, or `lines` are all that is left of it. */
export type GroupOutcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly lines: readonly string[] };

/**
 * Lines that wait for the disk together, as bytes in one buffer that later groups use again: texts that wait outlive the young
 * generation, and what a small heap pays for is to collect them with the old one.
 */
export interface LineGroup {
  /** `bytes` is the length of the text in UTF-8 and its newline. Its place in the group. */
  add(text: string, bytes: number): number;
  lines(): number;
  /** Each line with its newline. Good until `settle`. */
  content(): Buffer;
  /** Resolves with what `settle` is told. */
  outcome(): Promise<GroupOutcome>;
  /** Tells those who wait, and is empty again. `error`: nothing of it was taken. */
  settle(fault?: { readonly error: unknown }): void;
}

const smallest = 65_536;
/** A group of logs is larger; such a buffer is not kept. */
const largestKept = 4 * smallest;
const newline = 0x0a;

export function createLineGroup(): LineGroup {
  let bytes = Buffer.allocUnsafeSlow(smallest);
  let length = 0;
  let lines = 0;
  let done = Promise.withResolvers<GroupOutcome>();

  function makeRoom(more: number): void {
    if (length + more <= bytes.length) return;
    const wider = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(length + more)));
    bytes.copy(wider, 0, 0, length);
    bytes = wider;
  }

  const content = (): Buffer => bytes.subarray(0, length);

  return {
    add(text, size) {
      makeRoom(size);
      bytes.write(text, length);
      length += size;
      bytes[length - 1] = newline;
      lines += 1;
      return lines - 1;
    },
    lines: () => lines,
    content,
    outcome: () => done.promise,
    settle(fault) {
      const { resolve } = done;
      done = Promise.withResolvers();
      resolve(fault === undefined ? { kind: 'taken' } : { kind: 'failed', error: fault.error, lines: linesIn(content()) });
      length = 0;
      lines = 0;
      if (bytes.length > largestKept) bytes = Buffer.allocUnsafeSlow(smallest);
    },
  };
}
