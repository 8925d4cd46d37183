import { expect, test } from 'vitest';
import { createActivity } from '../../../collector/activity.ts';
import { createHandlingWindow } from '../../../collector/watch/handling-window.ts';
import { turn } from '../support/manual-clock.ts';

interface Piece {
  readonly name: string;
  readonly key?: string;
}

function open(size: number) {
  const window = createHandlingWindow(size, createActivity());
  const told: string[] = [];
  const ends = new Map<string, () => void>();
  const start = ({ name, key }: Piece) =>
    window.start({
      key,
      work() {
        told.push(`${name} begins`);
        return new Promise((resolve) => void ends.set(name, resolve));
      },
      done: () => void told.push(`${name} done`),
    });
  async function end(name: string): Promise<void> {
    ends.get(name)?.();
    await turn();
  }
  return { window, told, start, end };
}

test('objects are handled together, the changes of one in order, and told in the order in which they came', async () => {
  const { told, start, end, window } = open(10);
  for (const piece of [{ name: 'a1', key: 'a' }, { name: 'b1', key: 'b' }, { name: 'a2', key: 'a' }, { name: 'bookmark' }])
    await start(piece);
  await turn();
  expect(told).toEqual(['a1 begins', 'b1 begins', 'bookmark begins']);
  await end('bookmark');
  await end('b1');
  expect(told.slice(3)).toEqual([]);
  await end('a1');
  expect(told.slice(3)).toEqual(['a2 begins', 'a1 done', 'b1 done']);
  await end('a2');
  await window.settled();
  expect(told.slice(6)).toEqual(['a2 done', 'bookmark done']);
});

test('the next is taken when there is room again', async () => {
  const { told, start, end } = open(2);
  await start({ name: 'a' });
  const second = start({ name: 'b' }).then(() => start({ name: 'c' }));
  await turn();
  expect(told).toEqual(['a begins', 'b begins']);
  await end('a');
  await turn();
  expect(told).toEqual(['a begins', 'b begins', 'a done', 'c begins']);
  await end('b');
  await end('c');
  await second;
  expect(told.slice(4)).toEqual(['b done', 'c done']);
});
