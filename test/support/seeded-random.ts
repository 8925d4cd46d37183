import { createHash } from 'node:crypto';

/** Numbers from 0 to below 1 that look random and are the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let made = 0;
  return () => {
    made += 1;
    return createHash('sha256').update(`${seed}/${made}`).digest().readUInt32BE() / 2 ** 32;
  };
}
