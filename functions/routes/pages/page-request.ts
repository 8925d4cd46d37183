import type { Context } from 'hono';
import type { View } from '../../pages/view.ts';
import type { AppEnv } from '../../middleware/app-env.ts';
import { readScope, type ReadScope } from '../../usecases/read-scope.ts';
import type { PageDeps } from './page-deps.ts';
import { sessionOf } from './session-cookie.ts';

export interface PageRequest {
  readonly scope: ReadScope;
  readonly view: View;
}

/**
 * Who reads a page: by a key in the header, as scripts do, or by a session.
 *
 * @throws {MortemError} `unauthorized`, or `forbidden` when the credential does not read
 */
export async function readPageRequest(c: Context<AppEnv>, deps: PageDeps): Promise<PageRequest> {
  const session = await sessionOf(c, deps.sessions);
  const scope = await readScope(deps, c.req.header('authorization') ?? session);
  return { scope, view: { now: deps.clock.now().getTime(), signedIn: session !== undefined } };
}
