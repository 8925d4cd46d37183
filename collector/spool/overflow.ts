/** One line with its place in the spool. */
export interface PlacedLine {
  readonly text: string;
  /** Bytes with the newline. */
  readonly bytes: number;
  readonly position: number;
}

/** The newest lines while the disk is full: after those on disk, in the same positions. */
export interface Overflow {
  add(lines: readonly PlacedLine[]): void;
  /** All of them, oldest first. */
  lines(): readonly PlacedLine[];
  bytes(): number;
  /** All of them in the pieces in which the disk is tried: one line, which a full disk refuses at once, then larger ones. */
  pieces(): readonly (readonly PlacedLine[])[];
  /** Takes away what ends at this position or before. */
  removeThrough(position: number): void;
}

const pieceBytes = 1_000_000;

export function createOverflow(): Overflow {
  let kept: readonly PlacedLine[] = [];
  let bytes = 0;
  return {
    add(lines) {
      kept = [...kept, ...lines];
      bytes += lines.reduce((sum, line) => sum + line.bytes, 0);
    },
    lines: () => kept,
    bytes: () => bytes,
    pieces() {
      const [first, ...rest] = kept;
      return first === undefined ? [] : [[first], ...inPieces(rest)];
    },
    removeThrough(position) {
      kept = kept.filter((line) => line.position + line.bytes > position);
      bytes = kept.reduce((sum, line) => sum + line.bytes, 0);
    },
  };
}

function inPieces(lines: readonly PlacedLine[]): PlacedLine[][] {
  const pieces: PlacedLine[][] = [];
  let room = 0;
  for (const line of lines) {
    if (line.bytes > room) {
      pieces.push([]);
      room = pieceBytes;
    }
    pieces.at(-1)?.push(line);
    room -= line.bytes;
  }
  return pieces;
}
