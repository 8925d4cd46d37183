// Bundles the command line into dist/: Node's type stripping does not read .tsx, and one file starts faster than two hundred.
// Plain JavaScript, since `npm ci` runs it under whatever Node the host has.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: { mortem: 'cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});
