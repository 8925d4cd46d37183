import { isDeepStrictEqual } from 'node:util';
import { assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { observation } from '#core/wire/observation.ts';
import { compilePlain } from '#core/wire/read-plain.ts';
import { jsonNear } from './support/json-near.ts';

const readPlain = compilePlain(observation);

describe('what is plainly an observation is read as the schema reads it', () => {
  test.each(observation.options)('of option %#', (option) => {
    let [plain, other] = [0, 0];
    const agrees = (json: unknown): void => {
      const text = JSON.stringify(json);
      const sent: unknown = JSON.parse(text);
      const read = readPlain(JSON.parse(text));
      const parsed = observation.safeParse(sent);
      // Nothing was dropped: then there was nothing to leave to the schema.
      const isWhole = parsed.success && isDeepStrictEqual(parsed.data, sent);
      // Its fields in the same order.
      const expected = isWhole ? { text: JSON.stringify(parsed.data), fields: countFields(sent) } : undefined;
      expect(read && { text: JSON.stringify(read.value), fields: read.fields }).toEqual(expected);
      if (isWhole) plain += 1;
      else other += 1;
    };
    assert(property(jsonNear(option), agrees), { numRuns: 400 });
    // Else one of the two was never seen.
    expect(Math.min(plain, other)).toBeGreaterThan(30);
  });
});

test('objects in the order of the schema are not copied', () => {
  const schema = z.object({ a: z.object({ b: z.string() }), c: z.array(z.object({ d: z.string(), e: z.string() })) });
  const json = { a: { b: 'x' }, c: [{ d: 'x', e: 'y' }] };
  expect(compilePlain(schema)(json)?.value).toBe(json);
});

test('what it does not know is left to the schema', () => {
  const unknown: readonly z.ZodType[] = [
    z.object({ a: z.string() }).strict(),
    z.looseObject({ a: z.string() }),
    z.string().trim(),
    z.string().startsWith('a'),
    z.email(),
    z.string().regex(/a/).regex(/b/),
    z.coerce.number(),
    z.number().gt(1),
    z.number().lt(1),
    z.number().multipleOf(2),
    z.int32(),
    z.string().transform(Number),
    z.string().default('a'),
    z.union([z.string(), z.number()]),
    z.string().nullable(),
    z.tuple([z.string()]),
  ];
  const [holder] = unknown.map((schema) => compilePlain(z.object({ inner: schema })));
  expect(holder?.({ inner: { a: 'a' } })).toBeUndefined();
  const values = [{ a: 'a' }, 'a', 'ab', 'a@example.com', 2, 0, '2', [], ['a']];
  expect(unknown.filter((schema) => values.some((value) => compilePlain(schema)(value) !== undefined))).toEqual([]);
});

function countFields(json: unknown): number {
  if (typeof json !== 'object' || json === null) return 0;
  const own = Array.isArray(json) ? 0 : Object.keys(json).length;
  return Object.values(json).reduce((sum: number, value: unknown) => sum + countFields(value), own);
}
