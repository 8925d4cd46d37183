/** Waiting times between tries, in milliseconds: doubling from one second to thirty, spread by ± 50 %. */
export interface BackOff {
  next(): number;
  reset(): void;
}

const firstMs = 1000;
const longestMs = 30_000;

/** `random` gives numbers from 0 to 1: without the spread all collectors of a fleet would come back at once. */
export function createBackOff(random: () => number): BackOff {
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
