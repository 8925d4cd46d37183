// Bundles the collector into one file without dependencies, for an image that has neither npm nor a shell.
import { build } from 'esbuild';

const outfile = process.argv[2] ?? 'build/collector/mortem-collector.mjs';
await build({
  entryPoints: ['cli/collector.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  // Stack traces in the log name functions, which is what a report of a fault needs.
  keepNames: true,
  // CommonJS packages in an ES module ask for require.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});
