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
  readonly versions: ReadonlyMap<string, string>;
  /** Up to when everything had been seen. */
  readonly upToDateAt: Date;
}

export interface KnownJournal {
  /** Never throws: a journal that cannot be written makes the next gap look larger, and must not stop the watching. */
  write(line: object): Promise<void>;
  /** The same for a line that says nothing of now. */
  writeLate(line: object): Promise<void>;
  /** Replaces the journal by what is known now. */
  rewrite(): Promise<void>;
  close(): Promise<void>;
}

/** The journal is rewritten when it has this many lines more than twice its pods. */
const compactAfter = 5000;

/** Callers take turns. */
export function createKnownJournal({ path, clock, logger, known, versions, upToDateAt: before }: KnownJournalOptions): KnownJournal {
  let upToDateAt = before;
  let lines = 0;
  let file: FileHandle | undefined;
  let isFailing = false;

  async function rewrite(): Promise<void> {
    await file?.close();
    file = undefined;
    const content = [...known].map(([uid, pod]) => `${JSON.stringify(formatKnownLine(uid, pod))}\n`).join('');
    const head = { at: upToDateAt.toISOString(), versions: Object.fromEntries(versions) };
    await writeAtomically(path, `${JSON.stringify(head)}\n${content}`);
    lines = known.size;
    file = await open(path, 'a');
  }

  async function append(line: object): Promise<void> {
    try {
      if (file === undefined || lines > 2 * known.size + compactAfter) await rewrite();
      await file?.appendFile(`${JSON.stringify(line)}\n`);
      lines += 1;
      isFailing = false;
    } catch (error) {
      if (!isFailing) logger.warn('known-pods-not-written', { error: error instanceof Error ? error.message : String(error) });
      isFailing = true;
    }
  }

  return {
    rewrite,
    write(line) {
      upToDateAt = clock.now();
      return append({ ...line, at: upToDateAt.toISOString() });
    },
    writeLate: append,
    async close() {
      await file?.close();
      file = undefined;
    },
  };
}

export interface KnownContent {
  readonly pods: Map<string, KnownPod>;
  readonly versions: Map<string, string>;
  readonly lastAt: Date | undefined;
}

/** What an earlier process left; nothing when there was none. A torn last line is what it did not come to say. */
export async function readKnownJournal(path: string): Promise<KnownContent> {
  const pods = new Map<string, KnownPod>();
  const versions = new Map<string, string>();
  let lastAt: Date | undefined;
  for (const text of (await readFile(path, 'utf8').catch(absent)).split('\n')) {
    const line = parseKnownLine(text);
    if (line?.at !== undefined) lastAt = line.at;
    for (const [source, version] of line?.versions ?? []) versions.set(source, version);
    if (line?.uid === undefined) continue;
    if (line.pod === undefined) pods.delete(line.uid);
    else pods.set(line.uid, line.pod);
  }
  return { pods, versions, lastAt };
}

function absent(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}
