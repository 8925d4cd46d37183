import { describe, expect, test } from 'vitest';
import { MortemError } from '#core/errors.ts';
import type { BlobStore } from '#core/ports.ts';

const key = 'observations/test/2026/05/03/abc.ndjson.gz';

/** What every adapter of the blob store must do. */
export function describeBlobStore(open: () => Promise<BlobStore>): void {
  test('a body comes back byte by byte', async () => {
    const blobs = await open();
    const body = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    await blobs.put(key, body);
    expect(new Uint8Array(await blobs.get(key))).toEqual(body);
  });

  test('an empty body is a body', async () => {
    const blobs = await open();
    await blobs.put(key, new Uint8Array());
    expect((await blobs.get(key)).length).toBe(0);
  });

  test('putting a key again succeeds, and the first body stays', async () => {
    const blobs = await open();
    await blobs.put(key, Buffer.from('first'));
    await blobs.put(key, Buffer.from('second'));
    expect(Buffer.from(await blobs.get(key)).toString()).toBe('first');
  });

  test('many writers of one key leave one whole body', async () => {
    const blobs = await open();
    const bodies = Array.from({ length: 20 }, (_, index) => Buffer.alloc(50_000, index));
    await Promise.all(bodies.map((body) => blobs.put(key, body)));
    const stored = Buffer.from(await blobs.get(key));
    expect(bodies.some((body) => body.equals(stored))).toBe(true);
  });

  test('a key that is not there is not found', async () => {
    const blobs = await open();
    await expect(blobs.get('observations/nothing')).rejects.toEqual(
      new MortemError('not-found', 'There is no blob observations/nothing.', { cause: expect.anything() }),
    );
  });

  test('a deleted blob is gone, and deleting it again is no fault', async () => {
    const blobs = await open();
    await blobs.put(key, Buffer.from('body'));
    await blobs.delete(key);
    await blobs.delete(key);
    await expect(blobs.get(key)).rejects.toMatchObject({ code: 'not-found' });
  });

  describe('keys that could name something else', () => {
    test.each(['', '/etc/passwd', '../outside', 'a/../../outside', 'a//b', './a', 'a/.hidden', 'a\\b', 'a/b/', 'a\0b', '..'])(
      '%j',
      async (bad) => {
        const blobs = await open();
        await expect(blobs.put(bad, Buffer.from('body'))).rejects.toMatchObject({ code: 'bad-input' });
        await expect(blobs.get(bad)).rejects.toMatchObject({ code: 'bad-input' });
        await expect(blobs.delete(bad)).rejects.toMatchObject({ code: 'bad-input' });
      },
    );
  });
}
