import { Hono } from 'hono';
import { IncidentListPage } from '../../pages/incidents/incident-list-page.tsx';
import { parseIncidentFilter } from '../../pages/incidents/incident-filter.ts';
import { IncidentPage } from '../../pages/incident/incident-page.tsx';
import type { AppEnv } from '../../middleware/app-env.ts';
import { listIncidents } from '../../usecases/list-incidents.ts';
import { readIncidentRecords } from '../../usecases/read-incident-records.ts';
import { answerPage } from './answer-page.ts';
import { olderThan } from './older-than.ts';
import type { PageDeps } from './page-deps.ts';
import { readPageRequest } from './page-request.ts';

const incidentsPerPage = 50;

export function incidentPages(deps: PageDeps): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/', (c) => c.redirect('/incidents'))
    .get('/incidents', async (c) => {
      const { scope, view } = await readPageRequest(c, deps);
      const parsed = parseIncidentFilter(c.req.query(), view.now);
      const before = Number(c.req.query('before'));
      const { items } = await listIncidents(deps, scope, {
        ...parsed.query,
        limit: incidentsPerPage + 1,
        ...(Number.isSafeInteger(before) && before > 0 ? { before } : {}),
      });
      const next = olderThan(c.req.url, items, incidentsPerPage);
      return answerPage(
        c,
        <IncidentListPage
          view={view}
          incidents={items.slice(0, incidentsPerPage)}
          parsed={parsed}
          {...(next === undefined ? {} : { next })}
        />,
      );
    })
    .get('/incidents/:id', async (c) => {
      const { scope, view } = await readPageRequest(c, deps);
      const records = await readIncidentRecords(deps, scope, c.req.param('id'));
      const pages = { pods: pageNumber(c.req.query('pods')), rows: pageNumber(c.req.query('rows')) };
      return answerPage(c, <IncidentPage view={view} {...records} {...pages} />);
    });
}

function pageNumber(text: string | undefined): number {
  const page = Number(text);
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}
