import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { MortemError } from '#core/errors.ts';
import { readJsonLines } from './read-json-lines.ts';
import { logIndexEntry, metaEntry, watchEntry, watchError, type RecordedLog, type Recording } from './recording.ts';

const watchLine = z.discriminatedUnion('type', [watchEntry, watchError]);

/**
 * Reads `watch.jsonl`, `meta.jsonl` and `logs/` of a recording, and nothing else; the last two may be missing.
 * @throws {MortemError} `bad-input`, naming the file and the line
 */
export async function loadRecording(directory: string): Promise<Recording> {
  await requireWatch(directory);
  const [lines, meta, logs] = await Promise.all([
    readJsonLines(join(directory, 'watch.jsonl'), watchLine),
    readJsonLines(join(directory, 'meta.jsonl'), metaEntry),
    readLogs(join(directory, 'logs')),
  ]);
  const times = [...lines, ...meta, ...logs].map((line) => line.at);
  if (times.length === 0)
    throw new MortemError('bad-input', `${directory} is empty: no line in watch.jsonl, meta.jsonl or logs/index.jsonl`);
  const watch = inTimeOrder(lines);
  return {
    name: basename(resolve(directory)),
    entries: watch.filter((line) => line.type !== 'ERROR'),
    errors: watch.filter((line) => line.type === 'ERROR'),
    meta: inTimeOrder(meta),
    logs: inTimeOrder(logs),
    startAt: new Date(times.reduce((a, b) => Math.min(a, b))),
    endAt: new Date(times.reduce((a, b) => Math.max(a, b))),
  };
}

async function requireWatch(directory: string): Promise<void> {
  const file = join(directory, 'watch.jsonl');
  const found = await stat(file).catch((error: unknown) => error);
  if (found instanceof Error) {
    throw new MortemError('bad-input', `${directory} is not a recording: it has no watch.jsonl; name the folder that holds it`, {
      cause: found,
    });
  }
}

function inTimeOrder<Line extends { readonly at: number }>(lines: readonly Line[]): readonly Line[] {
  return lines.toSorted((a, b) => a.at - b.at);
}

async function readLogs(directory: string): Promise<readonly RecordedLog[]> {
  const file = join(directory, 'index.jsonl');
  const index = await readJsonLines(file, logIndexEntry);
  const names = new Set(index.flatMap((entry) => (entry.file === undefined ? [] : [entry.file])));
  const bodies = new Map(await Promise.all([...names].map(async (name) => [name, await readLog(join(directory, name), file)] as const)));
  return index.map((entry) => {
    const stored = entry.file === undefined ? Buffer.from(entry.body ?? '', 'utf8') : bodies.get(entry.file);
    const replaced = entry.kept !== undefined && stored?.length !== entry.bytes;
    const { at, pod, container, previous, status, contentType } = entry;
    return {
      at,
      pod,
      container,
      previous,
      status,
      contentType,
      restartCount: entry.restartCount ?? 0,
      ...(stored === undefined || replaced ? {} : { body: stored }),
    };
  });
}

async function readLog(file: string, index: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new MortemError('bad-input', `${file} cannot be read, but ${index} names it; copy the whole logs/ folder`, { cause: error });
  }
}
