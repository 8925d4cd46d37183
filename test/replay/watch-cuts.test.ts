import { expect, test } from 'vitest';
import type { MetaEntry } from '../../replay/recording.ts';
import { watchCuts } from '../../replay/watch-cuts.ts';

const note = (at: number, more: Partial<MetaEntry>): MetaEntry => ({ at, resource: 'pods', what: 'WATCH_END', ...more });
const error = (at: number, code: number) => ({ at, resource: 'pods', type: 'ERROR' as const, object: { code, reason: 'Expired' } });

test('a watch end is the recorder stopping, a time-out, a 410 or a broken connection', () => {
  const cuts = watchCuts(
    [
      note(1, { what: 'LIST', status: 200 }),
      note(2, { what: 'LIST', status: 410 }),
      note(3, { why: 'error aborted' }),
      note(4, { why: 'end' }),
      note(5, { what: 'TIMEOUT' }),
      note(6, { why: 'ERROR 410 Expired' }),
      note(7, { what: 'WATCH', status: 410 }),
      note(8, { why: 'error ECONNRESET' }),
      note(9, { what: 'NOTE' }),
    ],
    [],
  );
  expect(cuts.map(({ at, how }) => `${at} ${how}`)).toEqual(['4 end', '5 end', '6 expired', '7 expired', '8 reset']);
});

test('an ERROR line of 410 is a cut, once with its note', () => {
  expect(watchCuts([note(1500, { why: 'status 410' })], [error(1000, 410), error(90_000, 410), error(95_000, 500)])).toEqual([
    { at: 1500, resource: 'pods', how: 'expired' },
    { at: 90_000, resource: 'pods', how: 'expired' },
  ]);
});
