import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { AppEnv } from '../middleware/app-env.ts';
import { IncidentListPage } from '../pages/incident-list-page.tsx';
import { IncidentPage } from '../pages/incident-page.tsx';
import { stylesheet } from '../pages/style.ts';
import { getTimeline } from '../usecases/get-timeline.ts';
import { listIncidents } from '../usecases/list-incidents.ts';
import { readScope } from '../usecases/read-scope.ts';
import type { ReadDeps } from './incidents.ts';
import { parseIncidentQuery } from './parse-incident-query.ts';

const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Server-rendered pages without a script. */
export function pageRoutes(deps: ReadDeps): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/', (c) => c.redirect('/incidents'))
    .get('/style.css', (c) => c.body(stylesheet, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=300' }))
    .get('/incidents', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      const { items } = await listIncidents(deps, scope, parseIncidentQuery(c.req.query()));
      return page(c, <IncidentListPage incidents={items} />);
    })
    .get('/incidents/:id', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      const { incident, markdown } = await getTimeline(deps, scope, c.req.param('id'));
      return page(c, <IncidentPage incident={incident} markdown={markdown} />);
    });
}

function page(c: Context<AppEnv>, content: Child): Response | Promise<Response> {
  return c.html(html`<!doctype html>${content}`, 200, { 'content-security-policy': policy, 'referrer-policy': 'no-referrer' });
}
