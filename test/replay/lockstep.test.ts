import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MortemError } from '#core/errors.ts';
import { loadRecording } from '../../replay/load-recording.ts';
import { startReplay, type Replay, type ReplayOptions } from '../../replay/play.ts';
import type { MetaEntry, Recording } from '../../replay/recording.ts';
import { startFakeObserver, type FakeObserver, type FakeObserverOptions } from './fake-observer.ts';
import { openWatchClient } from './watch-client.ts';
import { bookmark, line, pod, recordings, second, smallRecording } from './small-recording.ts';

const everything = ['/api/v1/pods', '/api/v1/events', '/apis/apps/v1/deployments', '/apis/apps/v1/replicasets', '/apis/batch/v1/jobs'];

/** Plays in lockstep to a fake observer and returns its diary; `during` runs while the observer is there. */
async function diaryOf(
  played: readonly Recording[],
  watching: Partial<FakeObserverOptions> = {},
  options: Partial<ReplayOptions> & { during?: (replay: Replay, observer: FakeObserver) => Promise<void> } = {},
): Promise<readonly string[]> {
  const { during, ...more } = options;
  const quiet = (sent: ReadonlyMap<string, string>) => observer.quiet(sent);
  const replay = await startReplay({ recordings: played, pace: 'lockstep', quiet, ...more });
  const observer = startFakeObserver({ url: replay.url, clock: replay.clock, watches: ['/api/v1/pods'], ...watching });
  await (during === undefined ? replay.play() : during(replay, observer));
  observer.stop();
  await replay.close();
  return observer.diary;
}

const short = (diary: readonly string[]) => diary.map((entry) => entry.replace('2026-11-22T10:00:', '').replace('.000Z', ''));
const ended = (at: number, why: string, more: Partial<MetaEntry> = {}): MetaEntry => ({
  at: second(at),
  resource: 'pods',
  what: 'WATCH_END',
  why,
  ...more,
});

const codeOf = async (options: ReplayOptions) => {
  const fault = await startReplay(options).catch((error: unknown) => error);
  return fault instanceof MortemError ? fault.code : fault;
};

describe('lockstep', () => {
  test('a real recording: every line at its own time, every log of its own moment, the same twice', async () => {
    const recording = await loadRecording(join(recordings, 's24-seed-story'));
    const played = async () => (await diaryOf([recording], { watches: everything })).filter((entry) => !/ LIST | BOOKMARK /.test(entry));
    const first = await played();
    const changes = recording.entries.filter(
      ({ resource, type }) => type !== 'BOOKMARK' && everything.some((path) => path.endsWith(`/${resource}`)),
    );
    expect(first.filter((entry) => !entry.includes(' log of '))).toEqual(
      changes.map(({ at, resource, type, object }) => {
        return `${new Date(at).toISOString()} ${resource} ${type} ${object.metadata.name}@${object.metadata.resourceVersion}`;
      }),
    );
    expect(first.filter((entry) => entry.includes(' log of '))).toEqual([
      '2026-11-22T11:05:59.193Z log of api#0: 400 187',
      '2026-11-22T11:05:59.210Z log of api#0: 400 187',
      '2026-11-22T11:05:59.215Z log of api#0: 404 226',
      '2026-11-22T11:06:20.827Z log of api#0: 200 280',
      '2026-11-22T11:06:21.325Z log of api#0: 200 280',
      '2026-11-22T11:06:21.328Z log of api#0: 404 226',
      '2026-11-22T11:06:27.370Z log of api#0: 200 1726',
      '2026-11-22T11:06:34.413Z log of api#1: 200 1726',
      '2026-11-22T11:06:53.488Z log of api#2: 200 1726',
      '2026-11-22T11:07:24.774Z log of api#3: 200 1726',
      '2026-11-22T11:07:36.960Z log of api#3: 200 1726',
      '2026-11-22T11:07:37.237Z log of api#3: 200 1726',
      '2026-11-22T11:07:37.857Z log of api#3: 200 1726',
      '2026-11-22T11:07:37.864Z log of api#3: 404 226',
    ]);
    expect(await played()).toEqual(first);
  });

  test('time moves from sleeper to sleeper and from line to line, and ends with the recording', async () => {
    const recording = smallRecording([line(25, 'ADDED', pod('web', 101))]);
    expect(short(await diaryOf([recording], { beatEveryMs: 10_000 }))).toEqual([
      '00 beat',
      '00 pods LIST ',
      '10 beat',
      '20 beat',
      '25 pods ADDED web@101',
      '30 beat',
      '40 beat',
      '50 beat',
      '2026-11-22T10:01:00 beat',
    ]);
  });

  test('a watch that times out misses nothing: the next one brings it', async () => {
    const recording = smallRecording([1, 2, 3, 4, 5].map((at) => line(at * 10 + 1, at === 1 ? 'ADDED' : 'MODIFIED', pod('web', 100 + at))));
    const diary = await diaryOf([recording], { timeoutSeconds: 20, backoffMs: 15_000 });
    expect(short(diary)).toEqual([
      '00 pods LIST ',
      '11 pods ADDED web@101',
      '20 pods end',
      '35 pods MODIFIED web@102',
      '35 pods MODIFIED web@103',
      '41 pods MODIFIED web@104',
      '51 pods MODIFIED web@105',
      '55 pods end',
    ]);
  });

  test('recorded ends happen when they happened; the observer is back before the next line', async () => {
    const recording = smallRecording(
      [
        line(5, 'ADDED', pod('web', 101)),
        line(15, 'MODIFIED', pod('web', 102)),
        line(25, 'MODIFIED', pod('web', 103)),
        line(35, 'MODIFIED', pod('web', 104)),
      ],
      {
        meta: [
          { at: second(0), resource: 'pods', what: 'LIST', status: 200, resourceVersion: '100', items: 0 },
          ended(10, 'end'),
          ended(20, '410 Expired'),
          ended(30, 'error ECONNRESET'),
          ended(60, 'error aborted'),
        ],
      },
    );
    expect(short(await diaryOf([recording]))).toEqual([
      '00 pods LIST ',
      '05 pods ADDED web@101',
      '10 pods end',
      '15 pods MODIFIED web@102',
      '20 pods 410',
      '20 pods end',
      '20 pods LIST web',
      '25 pods MODIFIED web@103',
      '30 pods broken',
      '35 pods MODIFIED web@104',
    ]);
  });

  test('objects that were there at the start are in the first list, and on no watch', async () => {
    const recording = smallRecording(
      [line(0.1, 'ADDED', pod('old', 50)), line(1, 'ADDED', pod('new', 101)), line(2, 'BOOKMARK', bookmark(102))],
      {
        meta: [{ at: second(0), resource: 'pods', what: 'LIST', status: 200, resourceVersion: '100', items: 1 }],
      },
    );
    expect(short(await diaryOf([recording]))).toEqual(['00 pods LIST old', '01 pods ADDED new@101', '02 pods BOOKMARK @102']);
  });

  test('several recordings are merged by time', async () => {
    const one = smallRecording([line(1, 'ADDED', pod('a', 5001)), line(3, 'MODIFIED', pod('a', 5003))]);
    const other = smallRecording([line(2, 'ADDED', pod('b', 101)), line(4, 'MODIFIED', pod('b', 102))]);
    expect(short(await diaryOf([one, other]))).toEqual([
      '00 pods LIST ',
      '01 pods ADDED a@5001',
      '02 pods ADDED b@101',
      '03 pods MODIFIED a@5003',
      '04 pods MODIFIED b@102',
    ]);
  });

  test('an abort, a close, and an observer that is never quiet end the play', async () => {
    const recording = smallRecording([line(1, 'ADDED', pod('web', 101)), line(2, 'ADDED', pod('db', 102))]);
    const stop = new AbortController();
    const diary = await diaryOf(
      [recording],
      {},
      {
        during: async (replay) => {
          stop.abort();
          await replay.play(stop.signal);
        },
      },
    );
    expect(diary.filter((entry) => entry.includes('ADDED'))).toEqual([]);

    const stuck = await startReplay({ recordings: [recording], pace: 'lockstep', quiet: () => new Promise(() => undefined) });
    const playing = stuck.play();
    await stuck.close();
    await playing;
    expect(stuck.clock.now()).toEqual(new Date(second(0)));
  });

  test('an observer that does not come back for a watch holds nobody up', async () => {
    const meta = [{ at: second(0), resource: 'pods', what: 'LIST', status: 200, resourceVersion: '100', items: 0 }, ended(10, 'end')];
    const waited: number[] = [];
    const wall = { now: () => new Date(0), sleep: async (ms: number) => void waited.push(ms) };
    const replay = await startReplay({
      recordings: [smallRecording([], { meta })],
      pace: 'lockstep',
      quiet: () => Promise.resolve(),
      wall,
    });
    const watch = await openWatchClient(`${replay.url}/api/v1/pods?watch=1&resourceVersion=100`);
    await replay.play();
    expect(await watch.rest()).toEqual(['end']);
    expect(waited).toEqual([1000]);
    expect(replay.clock.now()).toEqual(new Date(second(60)));
    await replay.close();
  });

  test('a replay that cannot be is refused', async () => {
    const recording = smallRecording([]);
    expect(await codeOf({ recordings: [], pace: { times: 1 } })).toBe('usage');
    expect(await codeOf({ recordings: [recording], pace: 'lockstep' })).toBe('usage');
    expect(await codeOf({ recordings: [recording], pace: { times: 0 } })).toBe('usage');
    const taken = await startReplay({ recordings: [recording], pace: { times: 1 } });
    expect(await codeOf({ recordings: [recording], pace: { times: 1 }, port: Number(new URL(taken.url).port) })).toBe('conflict');
    await taken.close();
  });
});
