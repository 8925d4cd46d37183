import { expect, test } from 'vitest';
import { limitBacklog, maxWaiting } from '../../../functions/adapters/limit-backlog.ts';

test('a cluster of which too much waits is asked to wait as well, and no other', () => {
  const waiting = new Map([
    ['storm', maxWaiting],
    ['busy', maxWaiting - 1],
  ]);
  const admit = limitBacklog(
    () => ({ admitted: true }),
    (cluster) => waiting.get(cluster) ?? 0,
  );
  expect(['storm', 'busy', 'calm'].map(admit)).toEqual([
    { admitted: false, retryAfterSeconds: 10 },
    { admitted: true },
    { admitted: true },
  ]);
});

test('what the rate refuses stays refused', () => {
  const refused = { admitted: false, retryAfterSeconds: 3 } as const;
  expect(
    limitBacklog(
      () => refused,
      () => 0,
    )('busy'),
  ).toEqual(refused);
});
