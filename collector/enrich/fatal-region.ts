/** Words with which a program, a runtime or a kernel announces its end. */
const fatal = /\bFATAL\b|\bpanic\b|Traceback|Exception\b|OutOfMemory|out of memory|\bfatal error\b/;

/** Bytes kept before the line with the word, and from it on. */
const contextBytes = 8_000;
const regionBytes = 56_000;
const newline = 0x0a;

/** What may be worth keeping of the part of a log that is too far from its end. */
export interface FatalRegion {
  /** The next bytes of that part. */
  feed(bytes: Buffer): void;
  /** Whole lines around the last fatal one, and what follows it as far as there is room; undefined when there was none. */
  region(): Region | undefined;
}

export interface Region {
  readonly bytes: Buffer;
  /** Where it begins in that part. */
  readonly from: number;
}

export function createFatalRegion(): FatalRegion {
  let rest: Buffer = Buffer.alloc(0);
  const context: Buffer[] = [];
  let contextLength = 0;
  let region: Buffer[] | undefined;
  let room = 0;
  let regionFrom = 0;
  let position = 0;

  function remember(line: Buffer): void {
    context.push(line);
    contextLength += line.length;
    while (contextLength > contextBytes) contextLength -= context.shift()?.length ?? contextLength;
  }

  function take(bytes: Buffer): void {
    // The words are ASCII, and invalid UTF-8 is common here.
    if (room < bytes.length && fatal.test(bytes.toString('latin1'))) {
      region = [...context];
      regionFrom = position - contextLength;
      room = regionBytes;
    }
    remember(bytes);
    if (region === undefined || room < bytes.length) {
      room = 0;
      return;
    }
    region.push(bytes);
    room -= bytes.length;
  }

  return {
    feed(bytes) {
      const joined = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      let from = 0;
      for (let at = joined.indexOf(newline); at >= 0; at = joined.indexOf(newline, from)) {
        take(joined.subarray(from, at + 1));
        position += at + 1 - from;
        from = at + 1;
      }
      // A line without an end must not be copied anew with each chunk.
      const isEndless = joined.length - from > regionBytes;
      if (isEndless) position += joined.length - from;
      rest = isEndless ? Buffer.alloc(0) : joined.subarray(from);
    },
    region: () => (region === undefined || region.length === 0 ? undefined : { bytes: Buffer.concat(region), from: regionFrom }),
  };
}
