// Bundles the collector into one file without dependencies, for an image that has neither npm nor a shell.
import { build } from 'esbuild';

/** Of the Kubernetes client only what reads a kubeconfig and signs a request is used; its index would bring every model and API. */
const kubeConfigOnly = {
  name: 'kube-config-only',
  setup(bundler) {
    bundler.onResolve({ filter: /^@kubernetes\/client-node$/ }, ({ resolveDir }) =>
      bundler.resolve('../node_modules/@kubernetes/client-node/dist/config.js', {
        kind: 'import-statement',
        resolveDir: import.meta.dirname ?? resolveDir,
      }),
    );
    // Both serve the client's own requests, of which the collector makes none.
    bundler.onResolve({ filter: /^undici$|^\.\/gen\/index\.js$/ }, ({ path }) => ({ path, namespace: 'unused' }));
    bundler.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({ contents: unused[path] }));
  },
};

const unused = {
  undici: 'export const Agent = undefined, ProxyAgent = undefined;',
  './gen/index.js': 'export const createConfiguration = undefined, ServerConfiguration = undefined;',
};

const outfile = process.argv[2] ?? 'build/collector/mortem-collector.mjs';
await build({
  entryPoints: ['cli/collector.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Stack traces in the log name functions, which is what a report of a fault needs. `keepNames` would cost a call for each closure.
  minifyWhitespace: true,
  minifySyntax: true,
  plugins: [kubeConfigOnly],
  // CommonJS packages in an ES module ask for require.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});
