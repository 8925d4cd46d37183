import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFileBlobStore } from '../../../functions/adapters/file-blob-store.ts';
import { describeBlobStore } from '../../conformance/blob-store.suite.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

describe('files', () => {
  describeBlobStore(async () => createFileBlobStore(join(await temporaryDirectory(), 'blobs')));

  test('the key is the path, and nothing else is left behind', async () => {
    const directory = await temporaryDirectory();
    const blobs = createFileBlobStore(directory);
    await Promise.all([1, 2, 3].map((body) => blobs.put('a/b/c.gz', Buffer.from([body]))));
    expect(await readdir(directory, { recursive: true })).toEqual(['a', 'a/b', 'a/b/c.gz']);
  });

  test('a write that fails is no success and leaves no temporary file', async () => {
    const directory = await temporaryDirectory();
    const blobs = createFileBlobStore(directory);
    await blobs.put('a/first', Buffer.from('body'));
    await blobs.put('b', Buffer.from('a file where a directory is wanted'));
    await expect(blobs.put('b/second', Buffer.from('body'))).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect((await readdir(directory, { recursive: true })).toSorted()).toEqual(['a', 'a/first', 'b']);
  });
});
