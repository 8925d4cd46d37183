import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Replaces a file in one step: whoever reads it meanwhile, or a full disk, never meets half of it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  // Beside the target: a rename is atomic only within one file system.
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
