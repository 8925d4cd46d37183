import { defineConfig } from 'vitest/config';
import { modules } from './vitest.config.ts';

export default defineConfig({
  ...modules,
  test: {
    globalSetup: ['test/support/build-dist.ts'],
    include: ['test/collector/chaos/**/*.test.ts'],
    // For a machine that is ten times busier than one of two idle cores.
    testTimeout: 1_800_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
