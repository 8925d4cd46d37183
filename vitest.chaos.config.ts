import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

export default defineConfig({
  ...base,
  test: {
    globalSetup: ['test/support/build-dist.ts'],
    include: ['test/collector/chaos/**/*.test.ts'],
    // Two minutes each on an idle machine of two cores.
    testTimeout: 1_200_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
