import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');

/** Bundles a file that a test runs as a process of its own, so that it can be killed; returns the bundle's path. */
export async function bundleChild(entry: string): Promise<string> {
  const outfile = join(root, 'build', `${entry.replaceAll('/', '-').replace(/\.ts$/, '')}.mjs`);
  const options = { bundle: true, format: 'esm', platform: 'node', target: 'node22', packages: 'external', logLevel: 'warning' } as const;
  await build({ entryPoints: [join(root, entry)], outfile, ...options });
  return outfile;
}
