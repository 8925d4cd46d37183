import type { UsageSampler } from './usage-sampler.ts';

/** Stands in where no memory is sampled: nothing is asked of the API. */
export const withoutUsage: UsageSampler = {
  run: () => Promise.resolve(),
  seen: () => Promise.resolve(),
  gone() {},
  counts: () => ({ requests: { answered: 0, refused: 0, failed: 0 }, containers: 0, samples: 0 }),
};
