import { describe, expect, test } from 'vitest';
import { createMemorySpool } from '../../../collector/spool/memory-spool.ts';
import { lineOf, numbered, spoolSuite } from '../../conformance/spool.suite.ts';
import { linesOf } from '../../support/lines-of.ts';

describe('memory spool', () => {
  spoolSuite(() => createMemorySpool({ maxBytes: 1_000_000 }));

  const bytes = Buffer.byteLength(lineOf(1)) + 1;

  test('a full one gives up the oldest, and counts them', async () => {
    const spool = createMemorySpool({ maxBytes: 3.5 * bytes });
    for (let number = 1; number <= 9; number++) await spool.append(numbered(number));
    const { observations, dropped } = spool.size();
    expect(observations + dropped).toBe(9);
    expect(spool.size().bytes).toBeLessThanOrEqual(3.5 * bytes);
    const left = [9 - observations + 1, 9].map((number) => lineOf(number));
    const lines = linesOf(await spool.peek(1_000_000)) ?? [];
    expect([lines[0], lines.at(-1)]).toEqual(left);
  });

  test('an ack of a batch whose beginning was given up meanwhile takes its end and no more', async () => {
    const spool = createMemorySpool({ maxBytes: 4.5 * bytes });
    for (let number = 1; number <= 4; number++) await spool.append(numbered(number));
    const batch = await spool.peek(3 * bytes);
    for (let number = 5; number <= 6; number++) await spool.append(numbered(number));
    await spool.ack(batch!);
    expect(linesOf(await spool.peek(1_000_000))).toEqual([4, 5, 6].map((number) => lineOf(number)));
  });

  test('the last one stays even when it is too large', async () => {
    const spool = createMemorySpool({ maxBytes: 10 });
    await spool.append(numbered(1));
    await spool.append(numbered(2));
    expect(linesOf(await spool.peek(1))).toEqual([lineOf(2)]);
    expect(spool.size().dropped).toBe(1);
  });

  test('says what was rejected and why', async () => {
    const rejected: unknown[] = [];
    const spool = createMemorySpool({ maxBytes: 1_000_000, onRejected: (batch, reason) => rejected.push([linesOf(batch), reason]) });
    await spool.append(numbered(1));
    await spool.reject((await spool.peek(1000))!, 'unknown schema');
    expect(rejected).toEqual([[[lineOf(1)], 'unknown schema']]);
  });
});
