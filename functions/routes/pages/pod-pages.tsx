import { Hono } from 'hono';
import type { AppEnv } from '../../middleware/app-env.ts';
import { PodPage } from '../../pages/pod/pod-page.tsx';
import { readPod } from '../../usecases/read-pod.ts';
import { answerPage } from './answer-page.ts';
import type { PageDeps } from './page-deps.ts';
import { readPageRequest } from './page-request.ts';

export function podPages(deps: PageDeps): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/pods/:cluster/:uid', async (c) => {
    const { scope, view } = await readPageRequest(c, deps);
    const records = await readPod(deps, scope, { cluster: c.req.param('cluster'), uid: c.req.param('uid') });
    return answerPage(c, <PodPage view={view} {...records} />);
  });
}
