import { Hono } from 'hono';
import type { AppEnv } from '../../middleware/app-env.ts';
import { StatusPage } from '../../pages/status/status-page.tsx';
import { readStatus } from '../../usecases/read-status.ts';
import { answerPage } from './answer-page.ts';
import type { PageDeps } from './page-deps.ts';
import { readPageRequest } from './page-request.ts';

export function statusPages(deps: PageDeps): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/status', async (c) => {
    const { scope, view } = await readPageRequest(c, deps);
    return answerPage(c, <StatusPage view={view} status={await readStatus(deps, scope)} />);
  });
}
