import { toBatches, type SentBatch } from '../batches.ts';
import { loadStories } from '../load-stories.ts';
import { makeFleet } from '../make-fleet.ts';

const workloads = 28;
const observationsPerBatch = 500;
const hourMs = 3_600_000;

const stories = loadStories(['s12-oom-main', 's05-crash-missing-env', 's24-seed-story', 's25-healthy-rollout-and-scale-down']);
const longest = Math.max(...stories.map(({ length }) => length));

/** Bursts of new workloads, one an hour of data time. */
export interface Bursts {
  next(): readonly SentBatch[];
  /** From the first burst to the next one. */
  span(): { readonly ms: number; readonly counters: number };
  /** Leaves room for what is made by other means, so many spans of what is there. */
  skip(spans: number): void;
}

export function createBursts(start: number): Bursts {
  let from = start;
  let first = 0;
  return {
    next() {
      const part = makeFleet(stories, { workloads, first, from });
      first += workloads;
      from += hourMs;
      return toBatches(part, observationsPerBatch);
    },
    span: () => ({ ms: from - start, counters: first * longest }),
    skip(spans) {
      from += spans * (from - start);
      first *= spans + 1;
    },
  };
}

export function countOf(batches: readonly SentBatch[]): number {
  return batches.reduce((total, { observations }) => total + observations, 0);
}
