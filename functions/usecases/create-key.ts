import { randomBytes } from 'node:crypto';
import type { IncidentStore } from '#core/ports.ts';
import { checkClusterName } from '../batch/cluster-name.ts';
import { hashKey } from './hash-key.ts';

/**
 * A new key for a cluster: `mk_` and 32 random bytes in base64url. It is shown once; only its hash is stored.
 *
 * @throws {MortemError} `usage` for a name that cannot be a cluster's
 */
export async function createKey({ store }: { readonly store: Pick<IncidentStore, 'addKey'> }, cluster: string): Promise<string> {
  checkClusterName(cluster);
  const key = `mk_${randomBytes(32).toString('base64url')}`;
  await store.addKey(hashKey(key), cluster);
  return key;
}
