import { configDefaults, defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** `npm run test:lambda`: the archives in the bootstrap that Lambda runs. Apart from `npm test`, since the bootstrap has to be compiled. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    globalSetup: ['test/support/serve-databases.ts'],
    include: ['test/lambda/**/*.test.ts'],
    exclude: [...configDefaults.exclude],
    testTimeout: 300_000,
    hookTimeout: 180_000,
    // Instances that are started next to each other on two cores would measure each other.
    fileParallelism: false,
  },
});
