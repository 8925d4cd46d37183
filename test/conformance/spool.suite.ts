import { expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import type { Spool } from '../../collector/spool/spool.ts';
import { linesOf } from '../support/lines-of.ts';

/** A small observation with a number by which it is told apart. */
export function numbered(number: number, reason = ''): Observation {
  const at = '2026-11-22T11:00:00.000Z';
  return {
    kind: 'coverage',
    id: number.toString(16).padStart(64, '0'),
    observedAt: at,
    cluster: 'c',
    collector: `n${number}`,
    note: 'heartbeat',
    from: at,
    to: at,
    reason,
  };
}

export const lineOf = (number: number, reason = ''): string => JSON.stringify(numbered(number, reason));

/** What every spool does, whatever it is made of. `open` gives an empty one with room for a megabyte at least. */
export function spoolSuite(open: () => Promise<Spool> | Spool): void {
  const bytes = Buffer.byteLength(lineOf(1)) + 1;

  async function filled(count: number): Promise<Spool> {
    const spool = await open();
    for (let number = 1; number <= count; number++) await spool.append(numbered(number));
    return spool;
  }

  test('an empty spool has nothing to give', async () => {
    const spool = await open();
    expect(await spool.peek(1000)).toBeUndefined();
    expect(spool.size()).toEqual({ observations: 0, bytes: 0, dropped: 0 });
  });

  test('gives the oldest first, as many as fit, and keeps them until they are acked', async () => {
    const spool = await filled(3);
    const batch = await spool.peek(2 * bytes);
    expect(linesOf(batch)).toEqual([lineOf(1), lineOf(2)]);
    expect(linesOf(await spool.peek(2 * bytes))).toEqual([lineOf(1), lineOf(2)]);
    expect(spool.size()).toEqual({ observations: 3, bytes: 3 * bytes, dropped: 0 });
    await spool.ack(batch!);
    expect(linesOf(await spool.peek(2 * bytes))).toEqual([lineOf(3)]);
    expect(spool.size()).toEqual({ observations: 1, bytes, dropped: 0 });
  });

  test('one observation that is larger than asked for is given alone', async () => {
    const spool = await filled(2);
    expect(linesOf(await spool.peek(10))).toEqual([lineOf(1)]);
  });

  test('what is appended between peek and ack stays', async () => {
    const spool = await filled(2);
    const batch = await spool.peek(10 * bytes);
    await spool.append(numbered(3));
    await spool.ack(batch!);
    expect(linesOf(await spool.peek(10 * bytes))).toEqual([lineOf(3)]);
  });

  test('acking twice takes nothing more', async () => {
    const spool = await filled(4);
    const batch = await spool.peek(2 * bytes);
    await spool.ack(batch!);
    await spool.ack(batch!);
    expect(linesOf(await spool.peek(10 * bytes))).toEqual([lineOf(3), lineOf(4)]);
  });

  test('a rejected batch is gone, the rest stays', async () => {
    const spool = await filled(3);
    await spool.reject((await spool.peek(2 * bytes))!, 'the server does not want it');
    expect(linesOf(await spool.peek(10 * bytes))).toEqual([lineOf(3)]);
    expect(spool.size()).toEqual({ observations: 1, bytes, dropped: 0 });
  });

  test('texts come back byte for byte', async () => {
    const spool = await open();
    const odd = 'line\nbreak \u2028 \u0000 \ud83d\ude00 "quoted" \\';
    await spool.append(numbered(1, odd));
    expect(linesOf(await spool.peek(10_000))).toEqual([lineOf(1, odd)]);
  });
}
