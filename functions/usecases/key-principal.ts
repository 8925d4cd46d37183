import { MortemError } from '#core/errors.ts';
import type { IncidentStore } from '#core/ports.ts';
import { everyCluster } from '../batch/cluster-name.ts';
import { hashKey } from './hash-key.ts';
import type { Principal } from './principal.ts';

/** @throws {MortemError} `unauthorized` for a key that is unknown or revoked */
export async function keyPrincipal({ store }: { readonly store: Pick<IncidentStore, 'apiKey'> }, key: string): Promise<Principal> {
  const known = await store.apiKey(hashKey(key));
  if (known === undefined) {
    throw new MortemError('unauthorized', 'The key is not known here. Make one with "mortem keys create" on this server.');
  }
  if (known.revokedAt !== undefined) {
    const day = new Date(known.revokedAt).toISOString().slice(0, 10);
    throw new MortemError('unauthorized', `The key was revoked on ${day}. Make another with "mortem keys create" on this server.`);
  }
  return known.cluster === everyCluster ? { scopes: ['read'] } : { cluster: known.cluster, scopes: known.scopes };
}
