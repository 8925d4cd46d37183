import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createKey } from '../../../functions/usecases/create-key.ts';
import { keyPrincipal } from '../../../functions/usecases/key-principal.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { openStorage } from '../../support/open-storage.ts';

const clock = createManualClock();

test('a key stands for its cluster and scopes, and the database knows only its hash', async () => {
  const { dataDir, store } = await openStorage();
  const key = await createKey({ store, clock }, 'prod-eu-1', ['write']);
  expect(key).toMatch(/^mk_[\w-]{43}$/);
  expect(await keyPrincipal({ store }, key)).toEqual({ cluster: 'prod-eu-1', scopes: ['write'] });
  expect(await createKey({ store, clock }, 'prod-eu-1')).not.toBe(key);

  const files = await Promise.all(['mortem.db', 'mortem.db-wal'].map((name) => readFile(join(dataDir, name))));
  const stored = Buffer.concat(files);
  expect(stored.includes(key)).toBe(false);
  expect(stored.includes(createHash('sha256').update(key).digest('hex'))).toBe(true);
});

test('a key for every cluster only reads, whatever its row says', async () => {
  const { store } = await openStorage();
  expect(await keyPrincipal({ store }, await createKey({ store, clock }, '*', ['read', 'write']))).toEqual({ scopes: ['read'] });
});

test.each(['', 'Prod', '../prod', 'a/b', '-a', 'a'.repeat(64), 'a b', "a'--"])('%j is no name of a cluster', async (name) => {
  const { store } = await openStorage();
  await expect(createKey({ store, clock }, name)).rejects.toMatchObject({ code: 'usage' });
});
