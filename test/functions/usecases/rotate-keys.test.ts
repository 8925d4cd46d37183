import { expect, test } from 'vitest';
import { hashKey } from '../../../functions/usecases/hash-key.ts';
import { issueKey } from '../../../functions/usecases/issue-key.ts';
import { keyIdOf } from '../../../functions/usecases/key-id.ts';
import { keyPrincipal } from '../../../functions/usecases/key-principal.ts';
import { revokeKey } from '../../../functions/usecases/revoke-key.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { openStorage } from '../../support/open-storage.ts';

async function open() {
  const { store } = await openStorage();
  return { store, clock: createManualClock() };
}

const idOf = (key: string): string => keyIdOf(hashKey(key));

test('two keys are active while one takes over; a third waits until one is revoked', async () => {
  const deps = await open();
  const old = await issueKey(deps, 'prod', ['write']);
  deps.clock.advance(1000);
  const next = await issueKey(deps, 'prod', ['write']);
  await expect(issueKey(deps, 'prod', ['write'])).rejects.toMatchObject({
    code: 'conflict',
    message: `Two keys for prod with this scope are active already: ${idOf(old)} and ${idOf(next)}. Revoke the old one first: mortem keys revoke ID.`,
  });
  for (const key of [old, next]) expect(await keyPrincipal(deps, key)).toEqual({ cluster: 'prod', scopes: ['write'] });

  await revokeKey(deps, idOf(old));
  await expect(keyPrincipal(deps, old)).rejects.toMatchObject({
    code: 'unauthorized',
    message: 'The key was revoked on 2026-05-03. Make another with "mortem keys create" on this server.',
  });
  expect(await keyPrincipal(deps, next)).toEqual({ cluster: 'prod', scopes: ['write'] });
  await issueKey(deps, 'prod', ['write']);
});

test('other scopes and other clusters have keys of their own', async () => {
  const deps = await open();
  for (const _ of [1, 2]) await issueKey(deps, 'prod', ['write']);
  for (const _ of [1, 2]) await issueKey(deps, 'prod', ['read']);
  for (const _ of [1, 2]) await issueKey(deps, 'staging', ['write']);
  expect(await deps.store.apiKeys()).toHaveLength(6);
});

test('no key writes for every cluster', async () => {
  await expect(issueKey(await open(), '*', ['read', 'write'])).rejects.toMatchObject({ code: 'usage' });
});

test('a key is revoked by the beginning of its id, if there is but one', async () => {
  const deps = await open();
  for (const keyHash of ['abcd11', 'abcd22']) await deps.store.addKey({ keyHash, cluster: 'prod', scopes: ['read'], createdAt: 1 });
  await expect(revokeKey(deps, 'abcd')).rejects.toMatchObject({
    code: 'conflict',
    message: 'Several keys begin so: abcd11, abcd22. Give more digits.',
  });
  expect(await revokeKey(deps, 'ABCD2')).toMatchObject({ keyHash: 'abcd22', revokedAt: deps.clock.now().getTime() });
});

test.each(['', 'abc', 'ffff', '%', "' or 1=1 --", '../keys'])('%j is the id of no key', async (id) => {
  const deps = await open();
  await deps.store.addKey({ keyHash: 'abcd11', cluster: 'prod', scopes: ['read'], createdAt: 1 });
  await expect(revokeKey(deps, id)).rejects.toMatchObject({ code: 'not-found' });
});
