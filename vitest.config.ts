import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    setupFiles: ['test/support/property-seed.ts'],
    globalSetup: ['test/support/build-dist.ts', 'test/support/serve-databases.ts'],
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Kills processes at moments that real time decides: `npm run test:chaos`.
    exclude: [...configDefaults.exclude, 'test/collector/chaos/**'],
    // Recordings and child processes on two shared cores: generous, so that a slow machine is not a red build.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
  },
});
