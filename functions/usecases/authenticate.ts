import { MortemError } from '#core/errors.ts';
import type { IncidentStore } from '#core/ports.ts';
import { hashKey } from './hash-key.ts';

/**
 * The cluster that a bearer key stands for. The cluster of every record comes from here, never from the record.
 *
 * @param authorization value of the `authorization` header
 * @throws {MortemError} `unauthorized`
 */
export async function authenticate(
  { store }: { readonly store: Pick<IncidentStore, 'clusterOfKey'> },
  authorization: string | undefined,
): Promise<string> {
  const key = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (key === undefined) {
    throw new MortemError(
      'unauthorized',
      'A key is missing. Send the header "authorization: Bearer mk_…" with a key made by "mortem keys create".',
    );
  }
  const cluster = await store.clusterOfKey(hashKey(key));
  if (cluster === undefined) {
    throw new MortemError('unauthorized', 'The key is not known here. Make one with "mortem keys create" on this server.');
  }
  return cluster;
}
