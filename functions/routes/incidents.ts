import { Hono } from 'hono';
import type { IncidentStore } from '#core/ports.ts';
import { joinParts } from '#core/report/targets/join-parts.ts';
import type { AppEnv } from '../middleware/app-env.ts';
import { explainEvidence } from '../usecases/explain-evidence.ts';
import { getDraft } from '../usecases/get-draft.ts';
import { getIncident } from '../usecases/get-incident.ts';
import { getTimeline } from '../usecases/get-timeline.ts';
import { listIncidents } from '../usecases/list-incidents.ts';
import { readScope, type ReadScopeDeps } from '../usecases/read-scope.ts';
import { parseDraftWish } from './parse-draft-wish.ts';
import { parseIncidentQuery } from './parse-incident-query.ts';

export interface ReadDeps extends ReadScopeDeps {
  readonly store: Pick<IncidentStore, 'incidents' | 'incident' | 'document' | 'evidence' | 'observationsOf' | 'watermark'>;
}

export function incidentRoutes(deps: ReadDeps): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/v1/incidents', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      return c.json(await listIncidents(deps, scope, parseIncidentQuery(c.req.query())));
    })
    .get('/v1/incidents/:id', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      return c.json(await getIncident(deps, scope, c.req.param('id')));
    })
    .get('/v1/incidents/:id/timeline.md', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      const { markdown } = await getTimeline(deps, scope, c.req.param('id'));
      return c.body(markdown, 200, { 'content-type': 'text/markdown; charset=utf-8' });
    })
    .get('/v1/incidents/:id/draft.md', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      const { mediaType, parts } = await getDraft(deps, scope, c.req.param('id'), parseDraftWish(c.req.query()));
      return c.body(joinParts(parts), 200, { 'content-type': `${mediaType}; charset=utf-8` });
    })
    .get('/v1/evidence/:prefix', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      return c.json(await explainEvidence(deps, scope, c.req.param('prefix')));
    });
}
