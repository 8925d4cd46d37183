import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

const textPrefix = '\0text:';

/** What esbuild does with `with { type: 'text' }`: the assets of the pages are imported as text. */
const textModules = {
  name: 'text-modules',
  enforce: 'pre' as const,
  resolveId(source: string, importer: string | undefined) {
    if (importer === undefined || !/[\\/]functions[\\/]assets[\\/][^\\/]+\.ts$/.test(importer)) return undefined;
    // Behind a suffix of its own, so that nothing takes it for a stylesheet.
    return /\.(css|svg|client\.js)$/.test(source) ? `${textPrefix}${join(dirname(importer), source)}.txt` : undefined;
  },
  load(id: string) {
    if (!id.startsWith(textPrefix)) return undefined;
    return `export default ${JSON.stringify(readFileSync(id.slice(textPrefix.length, -'.txt'.length), 'utf8'))};`;
  },
};

export const modules = {
  plugins: [textModules],
  oxc: { jsx: { runtime: 'automatic' as const, importSource: 'hono/jsx' } },
};

/** What changes the process that it runs in (its clock, its environment, what modules export) gets one of its own. */
export const alone: string[] = [
  'test/collector/watch/credentials.test.ts',
  'test/db/query-plans.test.ts',
  'test/functions/handlers/http.test.ts',
  'test/functions/handlers/observations-created.test.ts',
  'test/functions/handlers/scheduled.test.ts',
];

// Kills processes at moments that real time decides: `npm run test:chaos`; needs kubectl: `npm run test:kubectl`.
const elsewhere = [...configDefaults.exclude, 'test/collector/chaos/**', 'test/lambda/**', 'test/deploy/kubectl/**'];

export default defineConfig({
  ...modules,
  test: {
    setupFiles: ['test/support/property-seed.ts'],
    globalSetup: ['test/support/build-dist.ts', 'test/support/serve-databases.ts', 'test/support/unpack-browser.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'together', include: ['test/**/*.test.{ts,tsx}'], exclude: [...elsewhere, ...alone], isolate: false },
      },
      { extends: true, test: { name: 'alone', include: alone, exclude: elsewhere } },
    ],
    // Recordings and child processes on two shared cores: generous, so that a slow machine is not a red build.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // vitest leaves a core to an editor; on a machine of two that is half of the time.
    maxWorkers: '100%',
  },
});
