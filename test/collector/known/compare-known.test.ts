import { expect, test } from 'vitest';
import { compareKnown } from '../../../collector/known/compare-known.ts';

const ended = (containerID: string) => ({ terminated: { exitCode: 1, containerID } });
const runs = { running: { startedAt: '2026-11-22T11:00:00Z' } };
const waits = { waiting: { reason: 'CrashLoopBackOff' } };

test.each([
  ['nothing happened', { restartCount: 3, hasEnded: false }, { restartCount: 3, state: runs, lastState: ended('2') }, [0, 0]],
  [
    'nothing happened to one that had ended',
    { restartCount: 3, hasEnded: true },
    { restartCount: 3, state: waits, lastState: ended('3') },
    [0, 0],
  ],
  ['one end, shown', { restartCount: 3, hasEnded: false }, { restartCount: 4, state: runs, lastState: ended('3') }, [1, 0]],
  ['two ends, the older not shown', { restartCount: 3, hasEnded: false }, { restartCount: 5, state: runs, lastState: ended('4') }, [1, 1]],
  [
    'the known end, then another that is shown',
    { restartCount: 3, hasEnded: true },
    { restartCount: 5, state: runs, lastState: ended('4') },
    [1, 0],
  ],
  [
    'it waits after its third end in the gap',
    { restartCount: 1, hasEnded: false },
    { restartCount: 3, state: waits, lastState: ended('3') },
    [1, 2],
  ],
  ['both shown', { restartCount: 1, hasEnded: false }, { restartCount: 2, state: ended('2'), lastState: ended('1') }, [2, 0]],
  ['restarted and no end shown', { restartCount: 0, hasEnded: false }, { restartCount: 2, state: runs }, [0, 2]],
  ['not known before', undefined, { restartCount: 9, state: runs, lastState: ended('8') }, [0, 0]],
])('%s', (_, known, status, [backfilled, unseen]) => {
  expect(compareKnown(known, { name: 'c', role: 'app', image: 'i', ...status })).toEqual({ backfilled, unseen });
});
