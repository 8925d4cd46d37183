import { MortemError } from '#core/errors.ts';
import { authenticate, type AuthDeps } from './authenticate.ts';

/**
 * The cluster a sender writes for: from the credential, never from the records.
 *
 * @throws {MortemError} `unauthorized`, or `forbidden` when the credential does not write
 */
export async function writeScope(deps: AuthDeps, authorization: string | undefined): Promise<string> {
  const { cluster, scopes } = await authenticate(deps, authorization);
  if (cluster !== undefined && scopes.includes('write')) return cluster;
  throw new MortemError(
    'forbidden',
    'This credential may not write. A collector needs one that does: "mortem keys create --cluster NAME --scope write".',
  );
}
