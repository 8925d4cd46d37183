import { Hono } from 'hono';
import { IncidentListPage } from '../../pages/incidents/incident-list-page.tsx';
import { parseIncidentFilter } from '../../pages/incidents/incident-filter.ts';
import { IncidentPage } from '../../pages/incident/incident-page.tsx';
import type { AppEnv } from '../../middleware/app-env.ts';
import { listIncidents } from '../../usecases/list-incidents.ts';
import { readIncidentRecords } from '../../usecases/read-incident-records.ts';
import { answerPage } from './answer-page.ts';
import type { PageDeps } from './page-deps.ts';
import { readPageRequest } from './page-request.ts';

const incidentsPerPage = 50;

export function incidentPages(deps: PageDeps): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/', (c) => c.redirect('/incidents'))
    .get('/incidents', async (c) => {
      const { scope, view } = await readPageRequest(c, deps);
      const parsed = parseIncidentFilter(c.req.query(), view.now);
      const cursor = c.req.query('cursor');
      const { items, next } = await listIncidents(deps, scope, {
        ...parsed.query,
        limit: incidentsPerPage,
        ...(cursor === undefined ? {} : { cursor }),
      });
      return answerPage(
        c,
        <IncidentListPage
          view={view}
          incidents={items}
          parsed={parsed}
          {...(next === undefined ? {} : { next: withCursor(c.req.url, next) })}
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

/** The same address with another cursor: the filter stays. */
function withCursor(url: string, cursor: string): string {
  const { pathname, searchParams } = new URL(url);
  searchParams.set('cursor', cursor);
  return `${pathname}?${searchParams.toString()}`;
}

function pageNumber(text: string | undefined): number {
  const page = Number(text);
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}
