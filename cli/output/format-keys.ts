import type { ApiKey } from '#core/store-model.ts';
import { keyIdOf } from '../../functions/usecases/key-id.ts';
import { formatTable } from './print-table.ts';

/** Keys as people and scripts read them: the id, never the hash. */
export function formatKeys(keys: readonly ApiKey[], format: 'table' | 'json'): string {
  const items = keys.map(({ keyHash, cluster, scopes, createdAt, revokedAt }) => ({
    id: keyIdOf(keyHash),
    cluster,
    scopes,
    createdAt: timeOf(createdAt),
    ...(revokedAt === undefined ? {} : { revokedAt: timeOf(revokedAt) }),
  }));
  if (format === 'json') return JSON.stringify({ apiVersion: 'mortem.dev/v1', kind: 'ApiKeyList', items }, null, 2);
  const rows = items.map(({ id, cluster, scopes, createdAt, revokedAt }) => [
    id,
    cluster,
    scopes.join(','),
    createdAt,
    revokedAt ?? 'active',
  ]);
  return formatTable(['ID', 'CLUSTER', 'SCOPES', 'CREATED', 'REVOKED'], rows);
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}
