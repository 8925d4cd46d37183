import { MortemError } from '#core/errors.ts';

/** What may be a cluster's name: it is part of blob keys and of every index. */
const clusterName = /^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/;

/** Stands for all clusters in a key that only reads; no cluster can have this name. */
export const everyCluster = '*';

/** @throws {MortemError} `usage` */
export function checkClusterName(cluster: string): void {
  if (clusterName.test(cluster)) return;
  throw new MortemError(
    'usage',
    'A cluster name has up to 63 lower-case letters, digits, dots, dashes and underscores, and starts and ends with a letter or digit.',
  );
}
