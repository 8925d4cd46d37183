/** Waiting times between tries, in milliseconds: doubling from the first to the longest, spread by ± 50 %. */
export interface BackOff {
  next(): number;
  reset(): void;
}

export interface BackOffRange {
  /** Default one second. */
  readonly firstMs?: number;
  /** Default thirty seconds. */
  readonly longestMs?: number;
}

/** `random` gives numbers from 0 to 1: without the spread all collectors of a fleet would come back at once. */
export function createBackOff(random: () => number, { firstMs = 1000, longestMs = 30_000 }: BackOffRange = {}): BackOff {
  let tries = 0;
  return {
    next() {
      const plain = Math.min(firstMs * 2 ** tries, longestMs);
      tries = Math.min(tries + 1, 16);
      return Math.round(plain * (0.5 + random()));
    },
    reset() {
      tries = 0;
    },
  };
}
