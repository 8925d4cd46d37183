// Bundles one TypeScript entry and runs it: npm run scripts for benches and generators, without a loader.
import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { build } from 'esbuild';

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) throw new Error('usage: node scripts/run.mjs FILE.ts [ARGS]');

/** A bundle has one folder; each file in it keeps its own. */
const ownFolder = {
  name: 'own-folder',
  setup(bundler) {
    bundler.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
      loader: extname(path).slice(1),
    }));
  },
};

await mkdir('build', { recursive: true });
const outfile = join('build', `${basename(entry, '.ts')}.mjs`);
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
  plugins: [ownFolder],
});
// Not by NODE_OPTIONS: npm itself, on an older Node, would refuse to start with it.
const profile = args.includes('--profile') ? ['--cpu-prof', '--cpu-prof-dir=build/profiles'] : [];
const child = spawn(process.execPath, ['--enable-source-maps', ...profile, outfile, ...args], { stdio: 'inherit' });
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
