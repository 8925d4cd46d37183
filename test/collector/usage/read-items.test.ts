import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readItems } from '../../../collector/usage/read-items.ts';

async function itemsOf(text: string, chunk = text.length): Promise<unknown[]> {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, index) => bytes.subarray(index * chunk, (index + 1) * chunk));
  const items: unknown[] = [];
  for await (const item of readItems(Readable.from(chunks) as IncomingMessage)) items.push(item);
  return items;
}

test('whatever stands in the items, and wherever the chunks end, they are what JSON.parse gives', async () => {
  const item = fc.dictionary(fc.string({ maxLength: 5, unit: 'binary' }), fc.jsonValue({ maxDepth: 2, stringUnit: 'binary' }), {
    maxKeys: 3,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 5 }), fc.integer({ min: 1, max: 60 }), fc.boolean(), async (items, chunk, pretty) => {
      const list = { kind: 'PodMetricsList', metadata: { remarks: { of: ['{', '"items":['] } }, items, more: [] };
      const text = JSON.stringify(list, undefined, pretty ? 1 : 0);
      expect(await itemsOf(text, chunk)).toEqual(JSON.parse(JSON.stringify(items)));
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['in an item', '{"items":[{"a":1},{"b":'],
  ['behind an item', '{"items":[{"a":1}'],
  ['before anything', ''],
])('a body that breaks off %s is told', async (_, text) => {
  await expect(itemsOf(text, 3)).rejects.toThrow('the answer broke off');
});

test('an item without an end is not waited for', async () => {
  await expect(itemsOf(`{"items":[{"a":"${'x'.repeat(2_000_000)}`, 65_536)).rejects.toThrow('longer than 1000000 characters');
});
