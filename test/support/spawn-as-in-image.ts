import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ImageRun {
  /** Holds the bundle and nothing that it may write to. */
  readonly app: string;
  readonly bundle: string;
  /** The only folder that can be written to. */
  readonly writable: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** Nothing but `$WRITABLE` can be written to, and what follows runs as a user whom no file belongs to. */
const confined = `
set -e
mount --make-rprivate /
mount --bind "$WRITABLE" "$WRITABLE"
mount --bind "$NODE" "$APP/node"
if mountpoint -q /tmp; then mount -o remount,bind,ro /tmp; fi
mount -o remount,bind,ro /
if touch "$APP/probe" /tmp/probe 2> /dev/null; then echo 'the root directory can be written to' >&2; exit 99; fi
exec env -i $PASSED setpriv --reuid 65532 --regid 65532 --clear-groups "$APP/node" "$@"
`;

/**
 * Runs a bundle as its image does: one file, no packages beside it, user 65532, a read-only root directory. Whoever is not root on
 * Linux cannot make such a place: there Node's own permissions forbid every write but those to `writable`.
 */
export function spawnAsInImage({ app, bundle, writable, args, env }: ImageRun): ChildProcess {
  const stdio = ['ignore', 'ignore', 'pipe'] as const;
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    const permissions = ['--permission', '--allow-child-process', '--allow-fs-read=*', `--allow-fs-write=${writable}`];
    return spawn(process.execPath, [...permissions, bundle, ...args], { cwd: app, env, stdio: [...stdio] });
  }
  writeFileSync(join(app, 'node'), '');
  const passed = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const places = { WRITABLE: writable, NODE: process.execPath, APP: app, PASSED: passed.join(' '), PATH: process.env['PATH'] };
  return spawn('unshare', ['--mount', 'sh', '-c', confined, 'sh', bundle, ...args], { cwd: app, env: places, stdio: [...stdio] });
}
