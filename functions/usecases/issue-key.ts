import { MortemError } from '#core/errors.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { ApiKey, Scope } from '#core/store-model.ts';
import { everyCluster } from '../batch/cluster-name.ts';
import { createKey, type CreateKeyDeps } from './create-key.ts';
import { keyIdOf } from './key-id.ts';

export interface IssueKeyDeps extends CreateKeyDeps {
  readonly store: CreateKeyDeps['store'] & Pick<IncidentStore, 'apiKeys'>;
}

/** One in use and one that takes over: a third would be one that nobody knows about. */
const maxActive = 2;

/**
 * A key for somebody to keep: at most two of one cluster and scope at a time.
 *
 * @throws {MortemError} `usage` for a wrong name or a key that writes for every cluster, `conflict` when two are active
 */
export async function issueKey(deps: IssueKeyDeps, cluster: string, scopes: readonly Scope[]): Promise<string> {
  if (cluster === everyCluster && scopes.includes('write')) {
    throw new MortemError('usage', 'A key for every cluster only reads: what is written belongs to one. Say --scope read.');
  }
  const active = (await deps.store.apiKeys()).filter((key) => isActiveFor(key, cluster, scopes));
  if (active.length >= maxActive) {
    const ids = active.map(({ keyHash }) => keyIdOf(keyHash)).join(' and ');
    throw new MortemError(
      'conflict',
      `Two keys for ${cluster} with this scope are active already: ${ids}. Revoke the old one first: mortem keys revoke ID.`,
    );
  }
  return createKey(deps, cluster, scopes);
}

function isActiveFor(key: ApiKey, cluster: string, scopes: readonly Scope[]): boolean {
  return key.revokedAt === undefined && key.cluster === cluster && key.scopes.toSorted().join() === scopes.toSorted().join();
}
