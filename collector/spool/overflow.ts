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
  /** Takes away what ends at this position or before. */
  removeThrough(position: number): void;
}

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
    removeThrough(position) {
      kept = kept.filter((line) => line.position + line.bytes > position);
      bytes = kept.reduce((sum, line) => sum + line.bytes, 0);
    },
  };
}
