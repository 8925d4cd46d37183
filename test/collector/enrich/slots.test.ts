import { expect, test } from 'vitest';
import { createSlots } from '../../../collector/enrich/slots.ts';
import { turn } from '../support/manual-clock.ts';

test('so many at a time, the others in their order, a failure frees its slot', async () => {
  const slots = createSlots(2);
  const started: number[] = [];
  const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<number>());
  const results = gates.map((gate, index) =>
    slots.run(() => {
      started.push(index);
      return gate.promise;
    }),
  );
  await turn();
  expect(started).toEqual([0, 1]);
  gates[1]?.reject(new Error('boom'));
  await expect(results[1]).rejects.toThrow('boom');
  expect(started).toEqual([0, 1, 2]);
  gates[0]?.resolve(0);
  expect(await results[0]).toBe(0);
  expect(started).toEqual([0, 1, 2, 3]);
});
