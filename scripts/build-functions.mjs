// Bundles the Lambda handlers into build/, which lies one level below the root as every bundle does: migrations are found from there.
import { build } from 'esbuild';

await build({
  entryPoints: { http: 'functions/handlers/http.ts' },
  outdir: 'build',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  // Native, so it is shipped as it is.
  external: ['better-sqlite3'],
  // CommonJS packages in an ES module ask for require.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});
