// Bundles the command line into dist/: Node's type stripping does not read .tsx, and one file starts faster than two hundred.
// Plain JavaScript, since `npm ci` runs it under whatever Node the host has.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const outdir = 'dist';
const { metafile } = await build({
  entryPoints: { mortem: 'cli/main.ts' },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  packages: 'external',
  sourcemap: true,
  metafile: true,
  logLevel: 'warning',
});

// Only after a build that worked: a failed one leaves the last good bundle in place.
const made = new Set(Object.keys(metafile.outputs));
const left = (await readdir(outdir)).map((name) => join(outdir, name)).filter((path) => !made.has(path.replaceAll('\\', '/')));
await Promise.all(left.map((path) => rm(path, { recursive: true })));
