import { describe, expect, test } from 'vitest';
import { trimLog } from '../../replay/trim-log.ts';

const log = Buffer.from('one\ntwo\nthree\n');
const trim = (body: Uint8Array, options: Partial<Parameters<typeof trimLog>[1]>) =>
  Buffer.from(trimLog(body, { timestamps: true, ...options })).toString('latin1');

describe('trimLog', () => {
  test('keeps the last lines, the closing newline being no line', () => {
    expect(trim(log, { tailLines: 1 })).toBe('three\n');
    expect(trim(log, { tailLines: 2 })).toBe('two\nthree\n');
    expect(trim(log, { tailLines: 3 })).toBe('one\ntwo\nthree\n');
    expect(trim(log, { tailLines: 99 })).toBe('one\ntwo\nthree\n');
    expect(trim(log, { tailLines: 0 })).toBe('');
    expect(trim(Buffer.from('one\ntwo'), { tailLines: 1 })).toBe('two');
    expect(trim(Buffer.from('\n\n'), { tailLines: 1 })).toBe('\n');
    expect(trim(Buffer.alloc(0), { tailLines: 5 })).toBe('');
  });

  test('with a limit keeps the start of the tail', () => {
    expect(trim(log, { tailLines: 2, limitBytes: 5 })).toBe('two\nt');
    expect(trim(log, { limitBytes: 5 })).toBe('one\nt');
    expect(trim(log, { limitBytes: 500 })).toBe('one\ntwo\nthree\n');
  });

  test('takes the time stamps off, before the limit counts, and only at the start of a line', () => {
    const stamped = Buffer.from('2026-11-22T11:04:00.123456789Z a\n2026-11-22T11:04:01Z \r2026-11-22T11:04:01Z b\nplain\n');
    expect(trim(stamped, { timestamps: false })).toBe('a\n\r2026-11-22T11:04:01Z b\nplain\n');
    expect(trim(stamped, { timestamps: false, limitBytes: 3 })).toBe('a\n\r');
  });

  test('leaves bytes that are no UTF-8 as they are', () => {
    const dirty = Buffer.from([...Buffer.from('2026-11-22T11:04:00Z '), 0xff, 0xc3, 0x28, 0x0a]);
    expect([...trimLog(dirty, { timestamps: false })]).toEqual([0xff, 0xc3, 0x28, 0x0a]);
    expect([...trimLog(dirty, { timestamps: true, tailLines: 1 })]).toEqual([...dirty]);
  });
});
