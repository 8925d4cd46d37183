import { array, assert, constantFrom, integer, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { createLineBuffer } from '../../../collector/watch/line-buffer.ts';

test('whole lines come out as they were written, however they are cut, and half a line does not', () => {
  const line = string({ unit: constantFrom('a', '{', 'é', '😀', ' '), maxLength: 400 });
  assert(
    property(array(line), line, array(integer({ min: 1, max: 300 }), { minLength: 1 }), (lines, half, sizes) => {
      const bytes = Buffer.from(`${lines.map((text) => `${text}\n`).join('')}${half}`);
      const buffer = createLineBuffer();
      const read: string[] = [];
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        buffer.add(bytes.subarray(at, at + size));
        at += size;
        for (const found of buffer.lines()) {
          read.push(found.toString());
          found.fill(0);
        }
      }
      expect(read).toEqual(lines.filter((text) => text !== ''));
    }),
    { numRuns: 300 },
  );
});

test('lines of megabytes are read, and what is no line is given up', () => {
  const buffer = createLineBuffer();
  const long = Buffer.alloc(3_000_000, 'x');
  buffer.add(long);
  buffer.add(Buffer.from('\nshort\n'));
  expect([...buffer.lines()].map(({ length }) => length)).toEqual([3_000_000, 5]);
  expect(() => {
    for (let times = 0; times < 20; times += 1) buffer.add(long);
  }).toThrow('a line of a watch is longer than 32000000 bytes');
});
