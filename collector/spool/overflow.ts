/** One line with its place in the spool. */
export interface PlacedLine {
  /** With its newline. */
  readonly bytes: Buffer;
  readonly position: number;
}

/** The newest lines while the disk is full: after those on disk, in the same positions. */
export interface Overflow {
  /** Copies the lines of NDJSON that stand at this position. */
  add(bytes: Buffer, position: number): void;
  /** All of them, oldest first. */
  lines(): readonly PlacedLine[];
  bytes(): number;
  /** All of them in the pieces in which the disk is tried: one line, which a full disk refuses at once, then larger ones. */
  pieces(): readonly (readonly PlacedLine[])[];
  /** Takes away what ends at this position or before. */
  removeThrough(position: number): void;
}

const pieceBytes = 1_000_000;
const newline = 0x0a;

export function createOverflow(): Overflow {
  let kept: readonly PlacedLine[] = [];
  let held = 0;
  return {
    add(bytes, position) {
      kept = [...kept, ...placed(bytes, position)];
      held += bytes.length;
    },
    lines: () => kept,
    bytes: () => held,
    pieces() {
      const [first, ...rest] = kept;
      return first === undefined ? [] : [[first], ...inPieces(rest)];
    },
    removeThrough(position) {
      kept = kept.filter((line) => line.position + line.bytes.length > position);
      held = kept.reduce((sum, line) => sum + line.bytes.length, 0);
    },
  };
}

function* placed(bytes: Buffer, position: number): Generator<PlacedLine> {
  let from = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
    yield { bytes: Buffer.from(bytes.subarray(from, end + 1)), position: position + from };
    from = end + 1;
  }
}

function inPieces(lines: readonly PlacedLine[]): PlacedLine[][] {
  const pieces: PlacedLine[][] = [];
  let room = 0;
  for (const line of lines) {
    if (line.bytes.length > room) {
      pieces.push([]);
      room = pieceBytes;
    }
    pieces.at(-1)?.push(line);
    room -= line.bytes.length;
  }
  return pieces;
}
