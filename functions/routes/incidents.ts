import { Hono } from 'hono';
import type { IncidentStore } from '#core/ports.ts';
import type { AppEnv } from '../middleware/app-env.ts';
import { explainEvidence } from '../usecases/explain-evidence.ts';
import { getIncident } from '../usecases/get-incident.ts';
import { listIncidents } from '../usecases/list-incidents.ts';
import { readScope, type ReadScopeDeps } from '../usecases/read-scope.ts';
import { parseIncidentQuery } from './parse-incident-query.ts';

export interface ReadDeps extends ReadScopeDeps {
  readonly store: Pick<
    IncidentStore,
    'incidentPage' | 'incident' | 'incidentsNamed' | 'document' | 'evidence' | 'observationsOf' | 'watermark'
  >;
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
    .get('/v1/evidence/:prefix', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      return c.json(await explainEvidence(deps, scope, c.req.param('prefix')));
    });
}
