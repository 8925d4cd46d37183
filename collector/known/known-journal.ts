import { open, readFile, type FileHandle } from 'node:fs/promises';
import type { Logger } from '#core/ports.ts';
import { createPace } from '../spool/pace.ts';
import { createTurns } from '../spool/turns.ts';
import { writeAtomically } from '../spool/write-atomically.ts';
import { formatKnownLine, parseKnownLine } from './known-line.ts';

export interface KnownJournalOptions {
  readonly path: string;
  readonly logger: Logger;
  /** uid → line, what the journal says when it is rewritten. */
  readonly known: ReadonlyMap<string, string>;
  readonly versions: ReadonlyMap<string, string>;
  /** Up to when everything had been seen. */
  readonly upToDateAt: Date;
  /** Lines that keep coming share a write, one in so many milliseconds. Default: none waits. */
  readonly writeEveryMs?: number | undefined;
}

/** Lines that come while others are written go together in the next write. */
export interface KnownJournal {
  /**
   * Resolves when the line, a JSON object, is written; `at`: up to then everything was seen. Never throws: a journal that cannot be
   * written makes the next gap look larger, and must not stop the watching.
   */
  write(line: string, at?: Date): Promise<void>;
  /** Replaces the journal by what is known now. */
  rewrite(): Promise<void>;
  close(): Promise<void>;
}

/** The journal is rewritten when it has this many lines more than twice its pods. */
const compactAfter = 5000;

export function createKnownJournal(options: KnownJournalOptions): KnownJournal {
  const { path, logger, known, versions, upToDateAt: before, writeEveryMs = 0 } = options;
  const turns = createTurns();
  const pace = createPace(writeEveryMs);
  let upToDateAt = before;
  let lines = 0;
  let file: FileHandle | undefined;
  let isFailing = false;
  let waiting: string[] = [];
  let written = Promise.withResolvers<void>();

  async function rewrite(): Promise<void> {
    await file?.close();
    file = undefined;
    const head = { at: upToDateAt.toISOString(), versions: Object.fromEntries(versions) };
    await writeAtomically(path, slices([JSON.stringify(head), ...known.values()]));
    lines = known.size;
    file = await open(path, 'a');
  }

  async function flush(): Promise<void> {
    const group = waiting;
    const told = written;
    if (group.length === 0) return;
    waiting = [];
    try {
      if (file === undefined || lines > 2 * known.size + compactAfter) await rewrite();
      await file?.appendFile(`${group.join('\n')}\n`);
      lines += group.length;
      isFailing = false;
    } catch (error) {
      if (!isFailing) logger.warn('known-pods-not-written', { error: error instanceof Error ? error.message : String(error) });
      isFailing = true;
    }
    told.resolve();
  }

  function enqueue(line: string): Promise<void> {
    waiting.push(line);
    if (waiting.length === 1) {
      written = Promise.withResolvers<void>();
      pace.begin(() => void turns.take(flush));
    }
    return written.promise;
  }

  return {
    rewrite: () => turns.take(rewrite),
    write(line, at) {
      if (at === undefined) return enqueue(line);
      upToDateAt = at;
      const comma = line === '{}' ? '' : ',';
      return enqueue(`${line.slice(0, -1)}${comma}"at":"${at.toISOString()}"}`);
    },
    close: () =>
      turns.take(async () => {
        await flush();
        await file?.close();
        file = undefined;
      }),
  };
}

const linesAtOnce = 1000;

/** Lines in texts of some hundred kilobytes: the journal of a large cluster is never held whole. */
function* slices(lines: readonly string[]): Generator<string> {
  for (let at = 0; at < lines.length; at += linesAtOnce) yield `${lines.slice(at, at + linesAtOnce).join('\n')}\n`;
}

export interface KnownContent {
  /** uid → line. */
  readonly pods: Map<string, string>;
  readonly versions: Map<string, string>;
  readonly lastAt: Date | undefined;
}

/** What an earlier process left; nothing when there was none. A torn last line is what it did not come to say. */
export async function readKnownJournal(path: string): Promise<KnownContent> {
  const pods = new Map<string, string>();
  const versions = new Map<string, string>();
  let lastAt: Date | undefined;
  for (const text of (await readFile(path, 'utf8').catch(absent)).split('\n')) {
    const line = parseKnownLine(text);
    if (line?.at !== undefined) lastAt = line.at;
    for (const [source, version] of line?.versions ?? []) versions.set(source, version);
    if (line?.uid === undefined) continue;
    if (line.pod === undefined) pods.delete(line.uid);
    else pods.set(line.uid, formatKnownLine(line.uid, line.pod));
  }
  return { pods, versions, lastAt };
}

function absent(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}
