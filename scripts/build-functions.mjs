// Bundles each Lambda handler into an archive of its own: build/functions/<name>.zip. The same bytes give the same archive, so that a
// deployment changes only what changed. Nothing in it is native: one archive serves arm64 and x64.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

const names = ['http', 'observations-created', 'scheduled', 'migrate'];
const outdir = process.argv[2] ?? join('build', 'functions');

await rm(outdir, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: Object.fromEntries(names.map((name) => [`${name}/functions/${name}`, `functions/handlers/${name}.ts`])),
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  // Stack traces in the log name functions, which is what a report of a fault needs.
  keepNames: true,
  // An optional, native part of pg that it does without.
  external: ['pg-native'],
  // CommonJS packages in an ES module ask for require.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  metafile: true,
  logLevel: 'warning',
});
await writeFile(join(outdir, 'metafile.json'), JSON.stringify(metafile));

const migrations = await readTree(join('migrations', 'postgres'));
for (const name of names) {
  const bundle = `functions/${name}.mjs`;
  // One level below the root, like every bundle: migrations are found from there.
  const files = { [bundle]: await readFile(join(outdir, name, bundle)), ...migrations };
  for (const [path, content] of Object.entries(migrations)) await writeInto(join(outdir, name), path, content);
  await writeFile(join(outdir, `${name}.zip`), zipSync(files, { level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o644 << 16 }));
}

/** What the program reads at run time: the statements and their journal, not the snapshots of drizzle-kit. */
async function readTree(folder) {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.sql') || path.endsWith('_journal.json'));
  const entries = await Promise.all(paths.toSorted().map(async (path) => [join(folder, path), await readFile(join(folder, path))]));
  return Object.fromEntries(entries.map(([path, content]) => [path.replaceAll('\\', '/'), content]));
}

async function writeInto(folder, path, content) {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), content);
}
