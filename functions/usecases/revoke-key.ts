import { MortemError } from '#core/errors.ts';
import type { Clock, IncidentStore } from '#core/ports.ts';
import type { ApiKey } from '#core/store-model.ts';
import { keyIdOf } from './key-id.ts';

/**
 * Takes a key out of use, from the next request on.
 *
 * @param id as `mortem keys list` shows it, or its first four digits or more
 * @throws {MortemError} `not-found`, or `conflict` when several keys match
 */
export async function revokeKey(
  { store, clock }: { readonly store: Pick<IncidentStore, 'apiKeys' | 'revokeKey'>; readonly clock: Clock },
  id: string,
): Promise<ApiKey> {
  const matching = /^[0-9a-f]{4,64}$/i.test(id)
    ? (await store.apiKeys()).filter(({ keyHash }) => keyHash.startsWith(id.toLowerCase()))
    : [];
  const [key, another] = matching;
  if (key === undefined) {
    throw new MortemError('not-found', `No key has the id ${JSON.stringify(id.slice(0, 80))}. List them with "mortem keys list".`);
  }
  if (another !== undefined) {
    const ids = matching.map(({ keyHash }) => keyIdOf(keyHash)).join(', ');
    throw new MortemError('conflict', `Several keys begin so: ${ids}. Give more digits.`);
  }
  const revokedAt = clock.now().getTime();
  await store.revokeKey(key.keyHash, revokedAt);
  return { ...key, revokedAt: key.revokedAt ?? revokedAt };
}
