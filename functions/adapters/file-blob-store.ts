import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MortemError } from '#core/errors.ts';
import type { BlobStore } from '#core/ports.ts';
import { checkBlobKey } from '../batch/blob-key.ts';
import { createDirectorySync } from './directory-sync.ts';

/** Blobs as files below `directory`, by key. */
export function createFileBlobStore(directory: string): BlobStore {
  /** Directories whose own entry is known to be on the disk. */
  const durableDirectories = new Set<string>();
  const syncDirectory = createDirectorySync();

  async function ensureDirectory(path: string): Promise<void> {
    if (durableDirectories.has(path)) return;
    const created = await mkdir(path, { recursive: true });
    // Every new directory is an entry in its parent, which a crash loses like any other.
    if (created !== undefined) for (let at = path; at.length >= created.length; at = dirname(at)) await syncDirectory(dirname(at));
    durableDirectories.add(path);
  }

  return {
    async put(key, body) {
      const path = pathOf(directory, key);
      await ensureDirectory(dirname(path));
      // The first body stays. A crash may have come between its rename and the sync of its directory.
      if (await exists(path)) return syncDirectory(dirname(path));
      // Beside the target: a rename is atomic within one file system only.
      const temporary = `${path}.${randomUUID()}.tmp`;
      try {
        await writeDurably(temporary, body);
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      await syncDirectory(dirname(path));
    },
    async get(key) {
      try {
        return await readFile(pathOf(directory, key));
      } catch (error) {
        if (isMissing(error)) throw new MortemError('not-found', `There is no blob ${key}.`, { cause: error });
        throw error;
      }
    },
    async delete(key) {
      await rm(pathOf(directory, key), { force: true });
    },
  };
}

function pathOf(directory: string, key: string): string {
  checkBlobKey(key);
  return join(directory, key);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function writeDurably(path: string, body: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
