import { expect, test } from 'vitest';
import { decideAfterWatch, type EndedWatch } from '../../../collector/watch/decide-after-watch.ts';

const refused = (status: number, retryAfterMs?: number) => ({
  kind: 'refused' as const,
  refusal: { status, message: 'words', ...(retryAfterMs !== undefined && { retryAfterMs }) },
});
const faulty = { kind: 'faulty', reason: 'etcd is away' } as const;
const long = { lines: 3, lastedMs: 240_000, faultsBefore: 0, isIncomplete: false };
const silent = { ...long, lines: 0 };
const empty = { ...silent, lastedMs: 5 };

test.each<[string, EndedWatch, object]>([
  ['a clean end', { end: { kind: 'ended' }, ...long }, { kind: 'again' }],
  ['a clean end after silence', { end: { kind: 'ended' }, ...silent }, { kind: 'doubt' }],
  [
    'a clean end, but something was not handled',
    { end: { kind: 'ended' }, ...long, isIncomplete: true },
    { kind: 'relist', reason: 'an object was not handled', afterPause: false, retryAfterMs: 0 },
  ],
  [
    'a clean end at once',
    { end: { kind: 'ended' }, ...empty },
    { kind: 'retry', reason: 'the watch ended at once', isFault: false, retryAfterMs: 0 },
  ],
  [
    '410 after a while',
    { end: { kind: 'expired', message: 'old' }, ...long },
    { kind: 'relist', reason: 'old', afterPause: false, retryAfterMs: 0 },
  ],
  [
    '410 at once',
    { end: { kind: 'expired', message: 'old' }, ...empty },
    { kind: 'relist', reason: 'old', afterPause: true, retryAfterMs: 0 },
  ],
  [
    'a connection that broke',
    { end: { kind: 'broken', reason: 'ECONNRESET' }, ...long },
    { kind: 'retry', reason: 'ECONNRESET', isFault: false, retryAfterMs: 0 },
  ],
  ['403', { end: refused(403), ...empty }, { kind: 'refused', refusal: { status: 403, message: 'words' } }],
  ['404', { end: refused(404), ...empty }, { kind: 'refused', refusal: { status: 404, message: 'words' } }],
  ['401: the credential is renewed', { end: refused(401), ...empty }, { kind: 'retry', reason: 'words', isFault: false, retryAfterMs: 0 }],
  [
    '429 with Retry-After',
    { end: refused(429, 9000), ...empty, faultsBefore: 9 },
    { kind: 'retry', reason: 'words', isFault: false, retryAfterMs: 9000 },
  ],
  [
    '400: the version cannot be read',
    { end: refused(400), ...empty },
    { kind: 'relist', reason: 'words', afterPause: true, retryAfterMs: 0 },
  ],
  ['500 once', { end: refused(500), ...empty }, { kind: 'retry', reason: 'words', isFault: true, retryAfterMs: 0 }],
  [
    '500 for the fourth time',
    { end: refused(500), ...empty, faultsBefore: 3 },
    { kind: 'relist', reason: 'words', afterPause: true, retryAfterMs: 0 },
  ],
  ['an ERROR line once', { end: faulty, ...empty }, { kind: 'retry', reason: 'etcd is away', isFault: true, retryAfterMs: 0 }],
  [
    'an ERROR line for the fourth time',
    { end: faulty, ...empty, faultsBefore: 3 },
    { kind: 'relist', reason: 'etcd is away', afterPause: true, retryAfterMs: 0 },
  ],
  [
    'an ERROR line after good ones',
    { end: faulty, ...long, faultsBefore: 3 },
    { kind: 'retry', reason: 'etcd is away', isFault: true, retryAfterMs: 0 },
  ],
])('%s', (_, ended, next) => {
  expect(decideAfterWatch(ended)).toEqual(next);
});
