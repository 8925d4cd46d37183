import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { maxInflatedBytes } from '#core/wire/sizes.ts';
import { claimedSize } from '../../../functions/batch/claimed-size.ts';
import { inflateBatch } from '../../../functions/batch/inflate-batch.ts';

const honest = gzipSync('x'.repeat(123_456));

/** The same, but for what it says of its size. */
function claiming(bytes: number): Buffer {
  const body = Buffer.from(honest);
  body.writeUInt32LE(bytes, body.length - 4);
  return body;
}

test('a gzip says how large it is inflated, and no less than it is itself', () => {
  expect(claimedSize(honest)).toBe(123_456);
  expect(claimedSize(claiming(0))).toBe(honest.length);
});

test('what does not say it, or more than it may, is taken for the largest', () => {
  const bodies = [Buffer.of(1), Buffer.concat([honest, honest]), claiming(0xff_ff_ff_ff)];
  expect(bodies.map(claimedSize)).toEqual([maxInflatedBytes, maxInflatedBytes, maxInflatedBytes]);
});

test('a body is inflated no further than it says, and refused', async () => {
  await expect(inflateBatch(claiming(1000))).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('not gzip') as string,
  });
  expect(await inflateBatch(honest)).toHaveLength(123_456);
  expect(await inflateBatch(Buffer.concat([honest, honest]))).toHaveLength(2 * 123_456);
});
