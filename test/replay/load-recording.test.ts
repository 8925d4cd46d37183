import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { MortemError } from '#core/errors.ts';
import { loadRecording } from '../../replay/load-recording.ts';
import { recordings } from './small-recording.ts';

const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

const entry = (at: string, version: number) =>
  JSON.stringify({
    at,
    resource: 'pods',
    type: 'ADDED',
    object: { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'a', resourceVersion: `${version}` } },
  });

const logLine = (more: object) =>
  JSON.stringify({
    at: '2026-11-22T10:00:05Z',
    pod: 'a',
    container: 'web',
    previous: true,
    restartCount: 1,
    status: 200,
    contentType: 'text/plain',
    ...more,
  });

async function folderWith(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recording-'));
  folders.push(folder);
  await mkdir(join(folder, 'logs'));
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  return folder;
}

async function faultOf(folder: string): Promise<string> {
  const fault = await loadRecording(folder).catch((error: unknown) => error);
  if (!(fault instanceof MortemError)) throw new Error('it was loaded', { cause: fault });
  expect(fault.code).toBe('bad-input');
  return fault.message.replaceAll(folder, 'DIR');
}

describe('loadRecording', () => {
  test('reads a real recording whole, in time order', async () => {
    const recording = await loadRecording(join(recordings, 's24-seed-story'));
    expect({
      name: recording.name,
      entries: recording.entries.length,
      meta: recording.meta.length,
      logs: recording.logs.length,
      errors: recording.errors.length,
      start: recording.startAt.toISOString(),
      end: recording.endAt.toISOString(),
    }).toEqual({
      name: 's24-seed-story',
      entries: 232,
      meta: 22,
      logs: 37,
      errors: 0,
      start: '2026-11-22T11:04:43.243Z',
      end: '2026-11-22T11:08:02.269Z',
    });
    expect(recording.entries.every((one, index, all) => index === 0 || one.at >= all[index - 1]!.at)).toBe(true);
  });

  test('sorts by time and keeps the order of lines of one moment', async () => {
    const watch = [entry('2026-11-22T10:00:02Z', 3), entry('2026-11-22T10:00:01Z', 1), entry('2026-11-22T10:00:01Z', 2)].join('\n');
    const recording = await loadRecording(await folderWith({ 'watch.jsonl': `${watch}\n` }));
    expect(recording.entries.map((one) => one.object.metadata.resourceVersion)).toEqual(['1', '2', '3']);
  });

  test('the end is the latest of watch, meta and logs', async () => {
    const folder = await folderWith({
      'watch.jsonl': entry('2026-11-22T10:00:01Z', 1),
      'meta.jsonl': '{"at":"2026-11-22T10:00:00Z","resource":"pods","what":"LIST","resourceVersion":"1","items":0}',
      'logs/index.jsonl': logLine({ bytes: 2, body: 'ok' }),
    });
    const { startAt, endAt } = await loadRecording(folder);
    expect([startAt, endAt]).toEqual([new Date('2026-11-22T10:00:00Z'), new Date('2026-11-22T10:00:05Z')]);
  });

  test('keeps the bytes of a log, and knows which bodies are an earlier copy', async () => {
    const folder = await folderWith({
      'watch.jsonl': entry('2026-11-22T10:00:01Z', 1),
      'logs/a.log': Uint8Array.of(0xff, 0xfe, 0x0a),
      'logs/index.jsonl': [
        logLine({ bytes: 3, file: 'a.log' }),
        logLine({ bytes: 3, file: 'a.log', kept: 'earlier copy' }),
        logLine({ bytes: 300, file: 'a.log', kept: 'earlier copy' }),
      ].join('\n'),
    });
    const { logs } = await loadRecording(folder);
    expect(logs.map((log) => log.body && [...log.body])).toEqual([[0xff, 0xfe, 0x0a], [0xff, 0xfe, 0x0a], undefined]);
  });

  test('says which file and line is damaged', async () => {
    expect(await faultOf(await folderWith({ 'watch.jsonl': `${entry('2026-11-22T10:00:01Z', 1)}\n{"at":"2026-` }))).toBe(
      'DIR/watch.jsonl:2 is not JSON; the recording is damaged or was cut off',
    );
    expect(await faultOf(await folderWith({ 'watch.jsonl': entry('yesterday', 1) }))).toBe(
      'DIR/watch.jsonl:1 is not a line of a recording (at: Invalid ISO datetime)',
    );
    expect(
      await faultOf(await folderWith({ 'watch.jsonl': '', 'meta.jsonl': '\n{"at":"2026-11-22T10:00:00Z","resource":"pods"}' })),
    ).toMatch(/^DIR\/meta\.jsonl:2 is not a line of a recording \(what: /);
  });

  test('refuses a folder that is none, an empty one, a log that is missing and one outside logs/', async () => {
    expect(await faultOf(join(await folderWith({}), 'nowhere'))).toBe(
      'DIR is not a recording: it has no watch.jsonl; name the folder that holds it',
    );
    expect(await faultOf(await folderWith({ 'watch.jsonl': '' }))).toBe(
      'DIR is empty: no line in watch.jsonl, meta.jsonl or logs/index.jsonl',
    );
    const watch = entry('2026-11-22T10:00:01Z', 1);
    expect(await faultOf(await folderWith({ 'watch.jsonl': watch, 'logs/index.jsonl': logLine({ bytes: 1, file: 'gone.log' }) }))).toBe(
      'DIR/logs/gone.log cannot be read, but DIR/logs/index.jsonl names it; copy the whole logs/ folder',
    );
    expect(
      await faultOf(await folderWith({ 'watch.jsonl': watch, 'logs/index.jsonl': logLine({ bytes: 1, file: '../watch.jsonl' }) })),
    ).toMatch(/^DIR\/logs\/index\.jsonl:1 is not a line of a recording \(file: /);
  });
});
