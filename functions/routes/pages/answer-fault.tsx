import type { Context, ErrorHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import type { AppEnv } from '../../middleware/app-env.ts';
import { createErrorHandler } from '../../middleware/handle-error.ts';
import { ErrorPage } from '../../pages/shell/error-page.tsx';
import { answerPage } from './answer-page.ts';
import type { PageDeps } from './page-deps.ts';
import { sessionOf } from './session-cookie.ts';

const problem = z.object({ title: z.string(), status: z.number(), detail: z.string() });

/** The same faults as everywhere; who asked for a page and is not signed in is asked to, and finds his way back. */
export function createFaultHandler(deps: PageDeps): ErrorHandler<AppEnv> {
  const asProblem = createErrorHandler(deps.logger);
  return async (error, c) => {
    const response = await asProblem(error, c);
    if (!wantsPage(c) || response.status !== 401 || c.req.method !== 'GET' || c.req.header('authorization') !== undefined) return response;
    const { pathname, search } = new URL(c.req.url);
    return c.redirect(`/login?next=${encodeURIComponent(pathname + search)}`, 303);
  };
}

/** What is wrong as a page for browsers, whoever says it: a page, an address that is none, a database that is not ready. */
export function problemPages(deps: Pick<PageDeps, 'clock' | 'sessions'>) {
  return createMiddleware<AppEnv>(async (c, next) => {
    await next();
    const isProblem = c.res.headers.get('content-type')?.startsWith('application/problem+json') === true;
    if (isProblem && wantsPage(c) && !c.req.path.startsWith('/v1/')) c.res = await toPage(c, deps, c.res);
  });
}

/** Browsers say so; scripts get the problem document. */
export function wantsPage(c: Context<AppEnv>): boolean {
  return c.req.header('accept')?.includes('text/html') === true;
}

async function toPage(c: Context<AppEnv>, deps: Pick<PageDeps, 'clock' | 'sessions'>, response: Response): Promise<Response> {
  const told = problem.safeParse(await response.clone().json());
  if (!told.success) return response;
  const view = { now: deps.clock.now().getTime(), signedIn: (await sessionOf(c, deps.sessions)) !== undefined };
  const page = await answerPage(c, <ErrorPage view={view} {...told.data} />);
  return new Response(page.body, { status: response.status, headers: page.headers });
}
