import { MortemError } from '#core/errors.ts';
import type { Identify, Principal } from './principal.ts';

export interface AuthDeps {
  readonly identify: Identify;
}

/**
 * Who a request comes from.
 *
 * @param authorization value of the `authorization` header
 * @throws {MortemError} `unauthorized`, or `forbidden` for a valid credential that stands for nothing here
 */
export async function authenticate({ identify }: AuthDeps, authorization: string | undefined): Promise<Principal> {
  const credential = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (credential !== undefined) return identify(credential);
  throw new MortemError(
    'unauthorized',
    'A key is missing. Send the header "authorization: Bearer mk_…" with a key made by "mortem keys create".',
  );
}
