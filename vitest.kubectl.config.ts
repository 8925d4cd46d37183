import { defineConfig } from 'vitest/config';

/** `npm run test:kubectl`: needs kubectl, and fails without it; a cluster it does not need. */
export default defineConfig({ test: { include: ['test/deploy/kubectl/**/*.test.ts'], testTimeout: 120_000 } });
