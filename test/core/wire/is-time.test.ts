import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTime } from '#core/wire/is-time.ts';
import { time } from '#core/wire/limits.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const almostTime = fc
  .tuple(
    digits(4),
    digits(2),
    digits(2),
    digits(2),
    digits(2),
    digits(2),
    fc.constantFrom('', '.1', '.123456789', '.', ',5'),
    fc.constantFrom('Z', 'z', '', '+02:00', '-23:59', '+24:00', '+0200'),
  )
  .map(
    ([year, month, day, hour, minute, second, fraction, offset]) =>
      `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${offset}`,
  );
const likelyTime = fc
  .date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

test('takes what the schema of the wire takes, and nothing else', () => {
  const agrees = (text: string): void => {
    expect(isTime(text)).toBe(time.safeParse(text).success);
  };
  fc.assert(fc.property(fc.oneof(almostTime, likelyTime, fc.string()), agrees), { numRuns: 3000 });
  for (const leap of ['2024-02-29', '2023-02-29', '1900-02-29', '2000-02-29', '0000-02-29', '2024-02-30', '2024-04-31', '2024-01-00'])
    agrees(`${leap}T10:00:00Z`);
  agrees(`2024-01-01T10:00:00.${'1'.repeat(30)}Z`);
});
