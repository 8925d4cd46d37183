import { MortemError } from '#core/errors.ts';
import { authenticate, type AuthDeps } from './authenticate.ts';

/** What a reader may see: one cluster, or everything. */
export interface ReadScope {
  readonly cluster?: string;
}

export interface ReadScopeDeps extends AuthDeps {
  /** Reads need no credential: only ever true on a loopback listener. */
  readonly openReads: boolean;
}

/** @throws {MortemError} `unauthorized`, or `forbidden` when the credential does not read */
export async function readScope(deps: ReadScopeDeps, authorization: string | undefined): Promise<ReadScope> {
  if (deps.openReads && authorization === undefined) return {};
  const { cluster, scopes } = await authenticate(deps, authorization);
  // Where nobody needs a credential, one that only writes is no reason to refuse.
  if (deps.openReads || scopes.includes('read')) return cluster === undefined ? {} : { cluster };
  throw new MortemError('forbidden', 'This credential may not read. Make one that does: "mortem keys create --cluster NAME --scope read".');
}

export function isInScope({ cluster }: ReadScope, record: { readonly cluster: string }): boolean {
  return cluster === undefined || record.cluster === cluster;
}
