// Bundles each Lambda handler into an archive of its own: build/functions/<name>.zip. The same bytes give the same archive, so that a
// deployment changes only what changed. Nothing in it is native: one archive serves arm64 and x64.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

/** zod brings its messages in forty languages, and whoever imports it whole has them all. */
const onlyEnglish = {
  name: 'only-english',
  setup(bundler) {
    bundler.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: "export { default as en } from './en.js';" }));
  },
};

const names = ['http', 'observations-created', 'scheduled', 'migrate'];
const outdir = process.argv[2] ?? join('build', 'functions');

await rm(outdir, { recursive: true, force: true });
const migrations = await readTree(join('migrations', 'postgres'));
for (const name of names) {
  const folder = join(outdir, name);
  const { metafile } = await build({
    entryPoints: [`functions/handlers/${name}.ts`],
    outdir: folder,
    // One level below the root, like every bundle: migrations are found from there.
    entryNames: 'functions/[name]',
    chunkNames: 'functions/[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What only some events need is loaded with the first of them.
    splitting: true,
    format: 'esm',
    platform: 'node',
    // The AWS SDK as ES modules, of which only what is used is kept; a cold start compiles every byte.
    mainFields: ['module', 'main'],
    plugins: [onlyEnglish],
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
  await writeFile(join(outdir, `${name}.metafile.json`), JSON.stringify(metafile));
  const bundle = await readTree(join(folder, 'functions'), folder);
  for (const [path, content] of Object.entries(migrations)) await writeInto(folder, path, content);
  const files = { ...bundle, ...migrations };
  await writeFile(join(outdir, `${name}.zip`), zipSync(files, { level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o644 << 16 }));
}

/** The files of a folder, by their path below `base`: of migrations the statements and their journal, not drizzle-kit's snapshots. */
async function readTree(folder, base = '.') {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => /\.(mjs|sql)$|_journal\.json$/.test(path)).toSorted();
  const entries = await Promise.all(paths.map(async (path) => [relative(base, join(folder, path)), await readFile(join(folder, path))]));
  return Object.fromEntries(entries.map(([path, content]) => [path.replaceAll('\\', '/'), content]));
}

async function writeInto(folder, path, content) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}
