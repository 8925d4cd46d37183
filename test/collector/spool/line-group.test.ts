import { expect, test } from 'vitest';
import { createLineGroup } from '../../../collector/spool/line-group.ts';

function filled(lines: readonly string[]) {
  const group = createLineGroup();
  const places = lines.map((line) => group.add(line, Buffer.byteLength(line) + 1));
  return { group, places };
}

test('holds lines as they are written to the disk, larger ones than its buffer too', () => {
  const lines = ['{"a":"ü€🙂"}', `{"log":"${'é'.repeat(200_000)}"}`, '{}'];
  const { group, places } = filled(lines);
  expect([places, group.lines()]).toEqual([[0, 1, 2], 3]);
  expect(group.content().toString('utf8')).toBe(lines.map((line) => `${line}\n`).join(''));
});

test('tells those who wait that it was taken, and is empty again', async () => {
  const { group } = filled(['{"a":1}', `{"b":"${'x'.repeat(2_000_000)}"}`]);
  const waiting = group.outcome();
  group.settle();
  expect(await waiting).toEqual({ kind: 'taken' });
  expect([group.lines(), group.content().length]).toEqual([0, 0]);
  group.add('{"c":3}', 8);
  expect(group.content().toString('utf8')).toBe('{"c":3}\n');
});

test('gives the lines back that were not taken', async () => {
  const { group } = filled(['{"a":"ü"}', '{}']);
  const waiting = group.outcome();
  const error = new Error('EIO');
  group.settle({ error });
  group.add('{"later":true}', 15);
  expect(await waiting).toEqual({ kind: 'failed', error, lines: ['{"a":"ü"}', '{}'] });
});
