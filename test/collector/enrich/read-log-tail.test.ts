import { expect, test } from 'vitest';
import { readLogTail } from '../../../collector/enrich/read-log-tail.ts';

/** A body in chunks of an awkward size. */
async function* chunks(text: string, size = 777): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const filler = (count: number, word: string): string => Array.from({ length: count }, (_, index) => `${word} ${index}\n`).join('');

test('a log that fits is kept whole', async () => {
  const text = filler(10, 'FATAL');
  expect(await readLogTail(chunks(text), 1000)).toEqual({ text, droppedBytes: 0 });
});

test('of a long one the end is kept, from the beginning of a line', async () => {
  const text = filler(5000, 'line');
  const { text: kept, droppedBytes } = await readLogTail(chunks(text), 1000);
  expect(text.endsWith(kept)).toBe(true);
  expect([kept.startsWith('line '), kept.length <= 1000, droppedBytes + kept.length]).toEqual([true, true, text.length]);
});

test('the last fatal lines before the end are kept too, with what stood before them and the first lines, and the rest is told', async () => {
  const trace = 'Traceback (most recent call last):\n  File "app.py", line 7\nValueError: no such order\n';
  const start = filler(1000, 'start');
  const text = `${start}FATAL an older one\n${filler(20_000, 'before')}${trace}${filler(40_000, 'after')}`;
  const { text: kept, droppedBytes } = await readLogTail(chunks(text), 200_000);
  const [head = '', rest = ''] = kept.split('[mortem: the log goes on further down]\n');
  const [region = '', tail = ''] = rest.split(`[mortem: ${droppedBytes} bytes of this log are left out, most of them here]\n`);
  expect(start.startsWith(head) && text.includes(region) && text.endsWith(tail)).toBe(true);
  expect([head.endsWith('\n'), head.length > 3900]).toEqual([true, true]);
  expect(region).toContain(`before 19999\n${trace}after 0\n`);
  expect([region.startsWith('before '), tail.startsWith('after '), kept.includes('older')]).toEqual([true, true, false]);
  expect(head.length + region.length + tail.length + droppedBytes).toBe(text.length);
  expect(head.length + region.length + tail.length).toBeLessThanOrEqual(200_000);
});

test('fatal lines at the very beginning are told once', async () => {
  const text = `starting\npanic: nil map\n${filler(60_000, 'goroutine')}`;
  const { text: kept } = await readLogTail(chunks(text), 200_000);
  expect([kept.startsWith('starting\npanic: nil map\n'), kept.match(/panic/g)?.length]).toEqual([true, 1]);
});

test('without fatal lines the first ones and the last ones are kept', async () => {
  const text = filler(60_000, 'line');
  const { text: kept, droppedBytes } = await readLogTail(chunks(text), 200_000);
  const [head = '', tail = ''] = kept.split(`[mortem: ${droppedBytes} bytes of this log are left out, most of them here]\n`);
  expect([text.startsWith(head), text.endsWith(tail), head.length > 3900]).toEqual([true, true, true]);
  expect(head.length + tail.length + droppedBytes).toBe(text.length);
});

test('a fatal word at the edge of a chunk is found', async () => {
  const text = `${filler(3000, 'x')}2026 panic: nil map\n${filler(30_000, 'y')}`;
  const sizes = [1009, 4096, 65_536];
  const found = await Promise.all(
    sizes.map(async (size) => (await readLogTail(chunks(text, size), 150_000)).text.includes('panic: nil map')),
  );
  expect(found).toEqual(sizes.map(() => true));
});
