import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** vitest global set-up: the tests of the command line run what a user runs, so it has to be what the source says. */
export function setup(): void {
  const root = join(import.meta.dirname, '..', '..');
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: 'inherit' });
}
