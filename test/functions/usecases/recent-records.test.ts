import { expect, test } from 'vitest';
import { createRecentRecords } from '../../../functions/usecases/recent-records.ts';

function open() {
  let now = 0;
  let made = 0;
  const recent = createRecentRecords({ now: () => new Date(now), sleep: () => Promise.resolve() });
  const get = async (key: string) => {
    await recent.get(key, async () => {
      made += 1;
      return undefined;
    });
    return made;
  };
  return { recent, get, advance: (ms: number) => (now += ms) };
}

test('what was drawn lately is not made again, and a changed incident is', async () => {
  const { get } = open();
  expect([await get('a'), await get('a'), await get('b'), await get('a')]).toEqual([1, 1, 2, 2]);
});

test('it is forgotten after a minute, and the oldest of nine at once', async () => {
  const { get, advance } = open();
  await get('a');
  advance(60_000);
  expect(await get('a')).toBe(2);
  for (const key of 'bcdefgh') await get(key);
  expect(await get('a')).toBe(9);
  await get('i');
  expect(await get('a')).toBe(11);
});

test('a failure is told and not kept', async () => {
  const { recent, get } = open();
  await expect(recent.get('a', () => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
  expect(await get('a')).toBe(1);
});
