import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Batch } from './spool.ts';
import { writeAtomically } from './write-atomically.ts';

/** So many batches are kept for a person to look at; the oldest go first. */
const maxFiles = 200;

/** Sets lines aside that the server will never take: the first line of the file is its reason, then the lines as they were sent. */
export async function setAside(
  dir: string,
  name: string,
  { reason, batch }: { readonly reason: string; readonly batch: Batch },
): Promise<void> {
  const folder = join(dir, 'rejected');
  const header = JSON.stringify({ reason, lines: batch.observations });
  await writeAtomically(join(folder, `${name}.ndjson`), [`${header}\n`, batch.bytes]);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ndjson')).toSorted();
  for (const file of files.slice(0, Math.max(0, files.length - maxFiles))) await rm(join(folder, file), { force: true });
}
