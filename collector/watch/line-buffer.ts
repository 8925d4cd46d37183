/** A line longer than this is no object of Kubernetes, whose store refuses objects over a few megabytes. */
const maxLineBytes = 32_000_000;
const smallest = 65_536;
const newline = 0x0a;

/** Bytes of a stream, cut into lines. One buffer for as long as the stream lasts: what goes through it leaves no garbage. */
export interface LineBuffer {
  /** @throws when a line is too long to be one */
  add(chunk: Uint8Array): void;
  /** Whole lines without their newlines, empty ones left out; each is good until the next is asked for, and may be written into. */
  lines(): Generator<Buffer>;
}

export function createLineBuffer(): LineBuffer {
  let bytes = Buffer.allocUnsafeSlow(smallest);
  let from = 0;
  let to = 0;
  /** Up to here there is no newline behind `from`. */
  let searched = 0;

  function makeRoom(length: number): void {
    if (to + length <= bytes.length) return;
    const held = bytes.subarray(from, to);
    if (held.length > maxLineBytes) throw new Error(`a line of a watch is longer than ${maxLineBytes} bytes`);
    const needed = held.length + length;
    const target = needed <= bytes.length / 2 ? bytes : Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(needed * 2)));
    target.set(held);
    searched -= from;
    from = 0;
    to = held.length;
    bytes = target;
  }

  function restart(): void {
    from = 0;
    to = 0;
    searched = 0;
    if (bytes.length > 16 * smallest) bytes = Buffer.allocUnsafeSlow(smallest);
  }

  return {
    add(chunk) {
      makeRoom(chunk.length);
      bytes.set(chunk, to);
      to += chunk.length;
    },
    *lines() {
      for (;;) {
        const end = bytes.subarray(0, to).indexOf(newline, searched);
        if (end < 0) break;
        const line = bytes.subarray(from, end);
        from = end + 1;
        searched = from;
        if (line.length > 0) yield line;
      }
      searched = to;
      if (from === to) restart();
    },
  };
}
