import type { Context, ErrorHandler } from 'hono';
import { z } from 'zod';
import type { AppEnv } from '../../middleware/app-env.ts';
import { createErrorHandler } from '../../middleware/handle-error.ts';
import { ErrorPage } from '../../pages/shell/error-page.tsx';
import { answerPage } from './answer-page.ts';
import type { PageDeps } from './page-deps.ts';
import { sessionOf } from './session-cookie.ts';

const problem = z.object({ title: z.string(), status: z.number(), detail: z.string() });

/** The same faults as everywhere, and for browsers as pages: who is not signed in is asked to, and finds his way back. */
export function createFaultHandler(deps: PageDeps): ErrorHandler<AppEnv> {
  const asProblem = createErrorHandler(deps.logger);
  return async (error, c) => {
    const response = await asProblem(error, c);
    if (!wantsPage(c)) return response;
    if (response.status === 401 && c.req.method === 'GET' && c.req.header('authorization') === undefined) {
      const { pathname, search } = new URL(c.req.url);
      return c.redirect(`/login?next=${encodeURIComponent(pathname + search)}`, 303);
    }
    return toPage(c, deps, response);
  };
}

/** Browsers say so; scripts get the problem document. */
export function wantsPage(c: Context<AppEnv>): boolean {
  return c.req.header('accept')?.includes('text/html') === true;
}

async function toPage(c: Context<AppEnv>, deps: PageDeps, response: Response): Promise<Response> {
  const told = problem.safeParse(await response.clone().json());
  if (!told.success) return response;
  const view = { now: deps.clock.now().getTime(), signedIn: (await sessionOf(c, deps.sessions)) !== undefined };
  const page = await answerPage(c, <ErrorPage view={view} {...told.data} />);
  return new Response(page.body, { status: response.status, headers: page.headers });
}
