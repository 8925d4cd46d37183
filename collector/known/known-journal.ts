import { open, readFile, type FileHandle } from 'node:fs/promises';
import type { Clock, Logger } from '#core/ports.ts';
import { writeAtomically } from '../spool/write-atomically.ts';
import { formatKnownLine, parseKnownLine, type KnownPod } from './known-line.ts';

export interface KnownJournalOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What the journal says when it is rewritten. */
  readonly known: ReadonlyMap<string, KnownPod>;
  /** Up to when everything had been seen. */
  readonly upToDateAt: Date;
}

export interface KnownJournal {
  /** Never throws: a journal that cannot be written makes the next gap look larger, and must not stop the watching. */
  write(line: object): Promise<void>;
  /** Replaces the journal by what is known now. */
  rewrite(): Promise<void>;
  close(): Promise<void>;
}

/** The journal is rewritten when it has this many lines more than twice its pods. */
const compactAfter = 5000;

/** Callers take turns. */
export function createKnownJournal({ path, clock, logger, known, upToDateAt: before }: KnownJournalOptions): KnownJournal {
  let upToDateAt = before;
  let lines = 0;
  let file: FileHandle | undefined;
  let isFailing = false;

  async function rewrite(): Promise<void> {
    await file?.close();
    file = undefined;
    const content = [...known].map(([uid, pod]) => `${JSON.stringify(formatKnownLine(uid, pod))}\n`).join('');
    await writeAtomically(path, `${JSON.stringify({ at: upToDateAt.toISOString() })}\n${content}`);
    lines = known.size;
    file = await open(path, 'a');
  }

  return {
    rewrite,
    async write(line) {
      upToDateAt = clock.now();
      try {
        if (file === undefined || lines > 2 * known.size + compactAfter) await rewrite();
        await file?.appendFile(`${JSON.stringify({ ...line, at: upToDateAt.toISOString() })}\n`);
        lines += 1;
        isFailing = false;
      } catch (error) {
        if (!isFailing) logger.warn('known-pods-not-written', { error: error instanceof Error ? error.message : String(error) });
        isFailing = true;
      }
    },
    async close() {
      await file?.close();
      file = undefined;
    },
  };
}

/** What an earlier process left; nothing when there was none. A torn last line is what it did not come to say. */
export async function readKnownJournal(path: string): Promise<{ pods: Map<string, KnownPod>; lastAt: Date | undefined }> {
  const pods = new Map<string, KnownPod>();
  let lastAt: Date | undefined;
  for (const text of (await readFile(path, 'utf8').catch(absent)).split('\n')) {
    const line = parseKnownLine(text);
    if (line?.at !== undefined) lastAt = line.at;
    if (line?.uid === undefined) continue;
    if (line.pod === undefined) pods.delete(line.uid);
    else pods.set(line.uid, line.pod);
  }
  return { pods, lastAt };
}

function absent(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}
