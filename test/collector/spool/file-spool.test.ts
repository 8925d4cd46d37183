import { appendFileSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import { openFileSpool, type FileSpool, type FileSpoolOptions } from '../../../collector/spool/file-spool.ts';
import { openSegmentFile, type OpenSegmentFile } from '../../../collector/spool/segment-file.ts';
import { lineOf, numbered, spoolSuite } from '../../conformance/spool.suite.ts';
import { AppendFault } from '../../../collector/spool/append-fault.ts';
import { linesOf } from '../../support/lines-of.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'mortem-spool-'));

async function open(options: Partial<FileSpoolOptions> = {}): Promise<FileSpool> {
  const spool = await openFileSpool({ dir: folder(), ...options });
  onTestFinished(() => spool.close());
  return spool;
}

const bytes = Buffer.byteLength(lineOf(1)) + 1;
const lines = (...numbers: number[]): string[] => numbers.map((number) => lineOf(number));
const segments = (dir: string): string[] => readdirSync(dir).filter((name) => /^\d+\.ndjson$/.test(name));

/** Warnings of a class that may use nine tenths of the room. */
function event(number: number): Observation {
  const at = '2026-11-22T11:00:00.000Z';
  const id = number.toString(16).padStart(64, '0');
  const involvedObject = { kind: 'Pod', namespace: 'n', name: 'p' };
  return {
    kind: 'event',
    id,
    observedAt: at,
    cluster: 'c',
    namespace: 'n',
    name: `e${number}`,
    uid: 'u',
    resourceVersion: '1',
    involvedObject,
    reason: 'BackOff',
    message: 'm'.repeat(150),
    type: 'Warning',
    source: {},
  };
}

function firstLog(number: number): Observation {
  const id = number.toString(16).padStart(64, '0');
  const workload = { kind: 'Pod', name: 'p', chain: [] };
  const instance = { namespace: 'n', pod: 'p', podUid: 'u', container: 'c', role: 'app' as const, restartCount: 0 };
  return { kind: 'log', id, observedAt: '2026-11-22T11:00:01.000Z', cluster: 'c', ...instance, workload, final: true, text: 'last words' };
}

describe('file spool', () => {
  spoolSuite(() => open());

  test('what was appended and not acked is there after it was opened again', async () => {
    const dir = folder();
    const before = await open({ dir });
    for (let number = 1; number <= 5; number++) await before.append(numbered(number));
    await before.ack((await before.peek(2 * bytes))!);
    const after = await open({ dir });
    expect(after.size()).toEqual({ observations: 3, bytes: 3 * bytes, dropped: 0 });
    await after.append(numbered(6));
    expect(linesOf(await after.peek(10 * bytes))).toEqual(lines(3, 4, 5, 6));
  });

  test('appends that come together keep their order', async () => {
    const spool = await open();
    await Promise.all([1, 2, 3, 4, 5, 6].map((number) => spool.append(numbered(number))));
    expect(linesOf(await spool.peek(10 * bytes))).toEqual(lines(1, 2, 3, 4, 5, 6));
  });

  test('a line that comes alone is synced at once, and lines that keep coming share a sync', async () => {
    const written: number[] = [];
    const openFile: OpenSegmentFile = async (path) => {
      const file = await openSegmentFile(path);
      return {
        ...file,
        write(content, at) {
          written.push(content.length / bytes);
          return file.write(content, at);
        },
      };
    };
    const spool = await open({ openFile, syncEveryMs: 20 });
    await spool.append(numbered(1));
    const coming = [2, 3, 4].map((number) => spool.append(numbered(number)));
    expect(spool.size().observations).toBe(1);
    await Promise.all([...coming, spool.append(numbered(5))]);
    expect(written).toEqual([1, 4]);
    void spool.append(numbered(6));
    await spool.close();
    expect(written).toEqual([1, 4, 1]);
    expect(linesOf(await spool.peek(10 * bytes))).toEqual(lines(1, 2, 3, 4, 5, 6));
  });

  test('a torn last line is cut off, and the spool goes on behind it', async () => {
    const dir = folder();
    const before = await open({ dir });
    await before.append(numbered(1));
    appendFileSync(join(dir, segments(dir)[0]!), lineOf(2).slice(0, 40));
    const after = await open({ dir });
    await after.append(numbered(3));
    expect(linesOf(await after.peek(10 * bytes))).toEqual(lines(1, 3));
    expect(linesOf(await (await open({ dir })).peek(10 * bytes))).toEqual(lines(1, 3));
  });

  test('segments that are shipped are removed', async () => {
    const dir = folder();
    const spool = await open({ dir, segmentBytes: 2 * bytes });
    for (let number = 1; number <= 6; number++) await spool.append(numbered(number));
    expect(segments(dir)).toHaveLength(3);
    for (let batch = await spool.peek(10 * bytes); batch !== undefined; batch = await spool.peek(10 * bytes)) await spool.ack(batch);
    expect([segments(dir), spool.size().observations]).toEqual([[], 0]);
  });

  test('a lost cursor sends everything that is left once more', async () => {
    const dir = folder();
    const before = await open({ dir });
    for (let number = 1; number <= 2; number++) await before.append(numbered(number));
    await before.ack((await before.peek(bytes))!);
    appendFileSync(join(dir, 'cursor.json'), 'torn');
    expect(linesOf(await (await open({ dir })).peek(10 * bytes))).toEqual(lines(1, 2));
  });

  test('rejected lines are set aside with the reason', async () => {
    const dir = folder();
    const spool = await open({ dir });
    await spool.append(numbered(1));
    await spool.reject((await spool.peek(bytes))!, '400 unknown schema');
    const [file] = readdirSync(join(dir, 'rejected'));
    const [header, ...rest] = readFileSync(join(dir, 'rejected', file!), 'utf8')
      .trimEnd()
      .split('\n');
    expect([JSON.parse(header!), rest]).toEqual([{ reason: '400 unknown schema', lines: 1 }, lines(1)]);
  });

  test('a full one keeps what it has, gives up what is worth least, and counts it by kind, over a restart too', async () => {
    const dir = folder();
    const long = 'x'.repeat(300);
    const spool = await open({ dir, maxBytes: 4 * (bytes + 300) });
    for (let number = 1; number <= 5; number++) await spool.append(numbered(number, long));
    await spool.append(event(6));
    await spool.append(firstLog(7));
    const kept = (linesOf(await spool.peek(100 * bytes)) ?? []).map((line): string => JSON.parse(line).id);
    expect(kept.map((id) => Number.parseInt(id, 16))).toEqual([1, 2, 3, 7]);
    const from = '2026-11-22T11:00:00.000Z';
    const told = { from, to: from, counts: { coverage: 2, event: 1 } };
    expect((await open({ dir })).takeDropped()).toEqual(told);
    expect([spool.takeDropped(), spool.takeDropped(), spool.size().dropped]).toEqual([told, undefined, 3]);
  });
});

describe('file spool of small segments', () => {
  spoolSuite(() => open({ segmentBytes: 1 }));
});

describe('a disk that fails', () => {
  /** Real files of which each write may fail. */
  function failing(): { openFile: OpenSegmentFile; fault: { code: string | undefined } } {
    const fault: { code: string | undefined } = { code: undefined };
    const openFile: OpenSegmentFile = async (path) => {
      const file = await openSegmentFile(path);
      return {
        async write(content, at) {
          if (fault.code === undefined) return file.write(content, at);
          await file.write(content.subarray(0, 20), at);
          throw Object.assign(new Error(`${fault.code}: the disk`), { code: fault.code });
        },
        close: () => file.close(),
      };
    };
    return { openFile, fault };
  }

  test('full: goes on in memory and says so; with room again everything is on disk, in order', async () => {
    const dir = folder();
    const { openFile, fault } = failing();
    const spool = await open({ dir, openFile });
    await spool.append(numbered(1));
    fault.code = 'ENOSPC';
    await spool.append(numbered(2));
    await spool.append(numbered(3));
    expect(spool.size()).toEqual({ observations: 3, bytes: 3 * bytes, dropped: 0, degraded: 'ENOSPC: the disk' });
    expect(linesOf(await (await open({ dir })).peek(10 * bytes))).toEqual(lines(1));
    await spool.ack((await spool.peek(bytes))!);
    expect(linesOf(await spool.peek(bytes))).toEqual(lines(2));
    fault.code = undefined;
    await spool.append(numbered(4));
    expect(spool.size().degraded).toBeUndefined();
    await spool.close();
    expect(linesOf(await (await open({ dir })).peek(10 * bytes))).toEqual(lines(2, 3, 4));
  });

  test('full for long: memory is bounded, and what is given up is counted', async () => {
    const { openFile, fault } = failing();
    const spool = await open({ openFile, memoryBytes: 4 * bytes });
    fault.code = 'ENOSPC';
    for (let number = 1; number <= 6; number++) await spool.append(numbered(number));
    expect([spool.size().observations, spool.takeDropped()?.counts]).toEqual([3, { coverage: 3 }]);
  });

  test('with room again after long, everything is on disk in order, a large piece at a time', async () => {
    const dir = folder();
    const { openFile, fault } = failing();
    const spool = await open({ dir, openFile });
    fault.code = 'ENOSPC';
    const long = 'x'.repeat(600_000);
    for (let number = 1; number <= 4; number++) await spool.append(numbered(number, long));
    fault.code = undefined;
    await spool.append(numbered(5));
    await spool.close();
    const found = linesOf(await (await open({ dir })).peek(10_000_000))?.map((line): string => JSON.parse(line).id);
    expect(found?.map((id) => Number.parseInt(id, 16))).toEqual([1, 2, 3, 4, 5]);
  });

  test('broken: the append is refused, nothing is taken, and a later one works', async () => {
    const { openFile, fault } = failing();
    const spool = await open({ openFile });
    fault.code = 'EIO';
    const faults = await Promise.all([1, 2].map((number) => spool.append(numbered(number, 'ü')).catch((error: unknown) => error)));
    expect(faults.every((error) => error instanceof AppendFault)).toBe(true);
    expect(faults).toMatchObject([1, 2].map((number) => ({ message: 'EIO: the disk', line: lineOf(number, 'ü') })));
    fault.code = undefined;
    await spool.append(numbered(1));
    expect(linesOf(await spool.peek(10 * bytes))).toEqual(lines(1));
  });
});
