import { checkClusterName } from '../batch/cluster-name.ts';
import { randomKey } from '../usecases/create-key.ts';
import { hashKey } from '../usecases/hash-key.ts';
import type { Principal } from '../usecases/principal.ts';

export interface SessionKeys {
  /**
   * A key that writes for the cluster until the process ends.
   * @throws {MortemError} `usage` for a name that cannot be a cluster's
   */
  readonly issue: (cluster: string) => string;
  readonly find: (key: string) => Principal | undefined;
}

/** Keys for a collector in the same process: never stored, so that no start leaves one behind. */
export function createSessionKeys(): SessionKeys {
  const principals = new Map<string, Principal>();
  return {
    issue(cluster) {
      checkClusterName(cluster);
      const key = randomKey();
      principals.set(hashKey(key), { cluster, scopes: ['write'] });
      return key;
    },
    find: (key) => principals.get(hashKey(key)),
  };
}
