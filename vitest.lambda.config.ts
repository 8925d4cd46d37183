import { defineConfig } from 'vitest/config';
import { modules } from './vitest.config.ts';

/** `npm run test:lambda`: the archives in the bootstrap that Lambda runs. Apart from `npm test`, since the bootstrap has to be compiled. */
export default defineConfig({
  ...modules,
  test: {
    setupFiles: ['test/support/property-seed.ts'],
    globalSetup: ['test/support/serve-databases.ts'],
    include: ['test/lambda/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // Instances that are started next to each other on two cores would measure each other.
    fileParallelism: false,
  },
});
