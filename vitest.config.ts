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

export default defineConfig({
  plugins: [textModules],
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    setupFiles: ['test/support/property-seed.ts'],
    globalSetup: ['test/support/build-dist.ts', 'test/support/serve-databases.ts'],
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Kills processes at moments that real time decides: `npm run test:chaos`; needs kubectl: `npm run test:kubectl`.
    exclude: [...configDefaults.exclude, 'test/collector/chaos/**', 'test/lambda/**', 'test/deploy/kubectl/**'],
    // Recordings and child processes on two shared cores: generous, so that a slow machine is not a red build.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // vitest leaves a core to an editor; on a machine of two that is half of the time.
    maxWorkers: '100%',
  },
});
