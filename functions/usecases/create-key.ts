import { randomBytes } from 'node:crypto';
import type { Clock, IncidentStore } from '#core/ports.ts';
import type { Scope } from '#core/store-model.ts';
import { checkClusterName, everyCluster } from '../batch/cluster-name.ts';
import { hashKey } from './hash-key.ts';

export interface CreateKeyDeps {
  readonly store: Pick<IncidentStore, 'addKey'>;
  readonly clock: Clock;
}

/**
 * A new key for a cluster: `mk_` and 32 random bytes in base64url. It is shown once; only its hash is stored.
 *
 * @param cluster `*` for every cluster
 * @throws {MortemError} `usage` for a name that cannot be a cluster's
 */
export async function createKey(
  { store, clock }: CreateKeyDeps,
  cluster: string,
  scopes: readonly Scope[] = ['read', 'write'],
): Promise<string> {
  if (cluster !== everyCluster) checkClusterName(cluster);
  const key = randomKey();
  await store.addKey({ keyHash: hashKey(key), cluster, scopes, createdAt: clock.now().getTime() });
  return key;
}

export function randomKey(): string {
  return `mk_${randomBytes(32).toString('base64url')}`;
}
