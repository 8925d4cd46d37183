import { Hono } from 'hono';
import type { AppEnv } from '../../middleware/app-env.ts';
import { EvidencePage } from '../../pages/evidence/evidence-page.tsx';
import { explainEvidence } from '../../usecases/explain-evidence.ts';
import { findCitingIncidents } from '../../usecases/find-citing-incidents.ts';
import { answerPage, pageHeaders } from './answer-page.ts';
import type { PageDeps } from './page-deps.ts';
import { readPageRequest } from './page-request.ts';

export function evidencePages(deps: PageDeps): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/evidence/:id{[^/]+\\.json}', async (c) => {
      const { scope } = await readPageRequest(c, deps);
      const list = await explainEvidence(deps, scope, c.req.param('id').replace(/\.json$/, ''));
      return c.body(`${JSON.stringify(list, null, 2)}\n`, 200, { ...pageHeaders, 'content-type': 'application/json; charset=utf-8' });
    })
    .get('/evidence/:id', async (c) => {
      const { scope, view } = await readPageRequest(c, deps);
      const { items } = await explainEvidence(deps, scope, c.req.param('id'));
      const cited = await Promise.all(items.map(async (item) => ({ ...item, incidents: await findCitingIncidents(deps, scope, item) })));
      return answerPage(c, <EvidencePage view={view} asked={c.req.param('id')} items={cited} />);
    });
}
