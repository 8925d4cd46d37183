import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from './check.ts';

/** Writes a small file to the folder, syncs it as the spool does, and removes it. */
export async function checkSpool(dir: string): Promise<Check> {
  const probe = join(dir, `.doctor-${process.pid}`);
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const file = await open(probe, 'w', 0o600);
    try {
      await file.writeFile('mortem doctor\n');
      await file.sync();
    } finally {
      await file.close();
    }
    await rm(probe);
    return { name: 'spool', ok: true, detail: `${dir} can be written` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { name: 'spool', ok: false, detail: `${dir} cannot be written: ${reason}. Choose another folder, or make room.` };
  }
}
