import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { authenticate } from '../../../functions/usecases/authenticate.ts';
import { createKey } from '../../../functions/usecases/create-key.ts';
import { openStorage } from '../../support/open-storage.ts';

test('a key stands for its cluster, and the database knows only its hash', async () => {
  const { dataDir, store } = await openStorage();
  const key = await createKey({ store }, 'prod-eu-1');
  expect(key).toMatch(/^mk_[\w-]{43}$/);
  expect(await authenticate({ store }, `Bearer ${key}`)).toBe('prod-eu-1');
  expect(await createKey({ store }, 'prod-eu-1')).not.toBe(key);

  const files = await Promise.all(['mortem.db', 'mortem.db-wal'].map((name) => readFile(join(dataDir, name))));
  const stored = Buffer.concat(files);
  expect(stored.includes(key)).toBe(false);
  expect(stored.includes(createHash('sha256').update(key).digest('hex'))).toBe(true);
});

test.each(['', 'Prod', '../prod', 'a/b', '-a', 'a'.repeat(64), 'a b'])('%j is no name of a cluster', async (name) => {
  const { store } = await openStorage();
  await expect(createKey({ store }, name)).rejects.toMatchObject({ code: 'usage' });
});

test.each([undefined, '', 'Bearer', 'Bearer ', 'Basic abc', 'mk_abc'])('%j is no credential', async (header) => {
  const { store } = await openStorage();
  await expect(authenticate({ store }, header)).rejects.toMatchObject({ code: 'unauthorized' });
});
