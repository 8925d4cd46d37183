import { expect, test } from 'vitest';
import { createAcceptTurns, type AcceptLimits } from '../../../functions/adapters/accept-turns.ts';
import type { Release } from '../../../functions/adapters/body-budget.ts';

/** Names who is let in, in order; `leave` ends one of them. */
function open(limits: AcceptLimits) {
  const takeTurn = createAcceptTurns(limits);
  const inside: string[] = [];
  const releases = new Map<string, Release>();
  const settled = (): Promise<void> => new Promise(setImmediate);
  const enter = async (cluster: string, name: string, bytes: number): Promise<void> => {
    const release = await takeTurn(cluster, bytes);
    inside.push(name);
    releases.set(name, release);
  };
  return {
    inside,
    async come(name: string, bytes: number) {
      const [cluster = ''] = name.split(' ');
      void enter(cluster, name, bytes);
      await settled();
    },
    async leave(name: string) {
      releases.get(name)?.();
      await settled();
    },
  };
}

test('so many bodies at once; then each cluster in its turn', async () => {
  const turns = open({ maxInflatedBytes: 1000, maxBodies: 2 });
  for (const name of ['storm 1', 'storm 2', 'storm 3', 'storm 4', 'storm 5', 'calm 1']) await turns.come(name, 10);
  expect(turns.inside).toEqual(['storm 1', 'storm 2']);
  for (const name of ['storm 1', 'storm 2', 'storm 3', 'storm 4']) await turns.leave(name);
  expect(turns.inside).toEqual(['storm 1', 'storm 2', 'storm 3', 'storm 4', 'calm 1', 'storm 5']);
});

test('so many bytes at once; a large one is not passed by small ones for ever', async () => {
  const turns = open({ maxInflatedBytes: 100, maxBodies: 8 });
  await turns.come('a 1', 60);
  await turns.come('b large', 90);
  await turns.come('c small', 10);
  expect(turns.inside).toEqual(['a 1']);
  await turns.leave('a 1');
  expect(turns.inside).toEqual(['a 1', 'b large', 'c small']);
});

test('one alone is let in whatever its size, and leaving twice lets nobody in twice', async () => {
  const turns = open({ maxInflatedBytes: 100, maxBodies: 1 });
  await turns.come('a 1', 400);
  for (const name of ['a 2', 'a 3']) await turns.come(name, 10);
  await turns.leave('a 1');
  await turns.leave('a 1');
  expect(turns.inside).toEqual(['a 1', 'a 2']);
});
