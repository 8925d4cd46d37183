import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MortemError } from '#core/errors.ts';

/** A folder that is this process's alone until it is released, or the process ends in whatever way. */
export interface FolderLock {
  release(): void;
}

const busy = 5;

/**
 * The kernel's lock on a file, held through SQLite, which Node has and which keeps it on each system by that system's means. A
 * file that says who holds it would have to be believed after a kill -9, and in a container every process has the same number.
 *
 * @throws {MortemError} `conflict` when another process has it
 */
export function lockFolder(dir: string): FolderLock {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const held = new DatabaseSync(join(dir, 'lock'));
  try {
    held.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    held.close();
    if (!(cause instanceof Error && 'errcode' in cause && cause.errcode === busy)) throw cause;
    const way = 'Stop it, or choose another folder with --spool.';
    throw new MortemError('conflict', `Another collector uses the spool folder ${dir}. ${way}`, { cause });
  }
  return { release: () => held.close() };
}
