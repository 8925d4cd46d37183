import { Hono, type Context } from 'hono';
import type { IncidentStore } from '#core/ports.ts';
import { joinParts } from '#core/report/targets/join-parts.ts';
import type { TargetDocument } from '#core/report/targets/target.ts';
import type { AppEnv } from '../middleware/app-env.ts';
import { getDocumentVersion } from '../usecases/get-document-version.ts';
import { getDraft } from '../usecases/get-draft.ts';
import { getTimeline } from '../usecases/get-timeline.ts';
import { listDocumentVersions } from '../usecases/list-document-versions.ts';
import { readScope, type ReadScopeDeps } from '../usecases/read-scope.ts';
import { parseDraftQuery, parseTimelineQuery, parseVersion } from './parse-document-query.ts';

export interface DocumentDeps extends ReadScopeDeps {
  readonly store: Pick<IncidentStore, 'incident' | 'document' | 'documentVersions' | 'observationsOf' | 'watermark'>;
}

/** The two documents of an incident, in any shape, and what was stored of them before. */
export function documentRoutes(deps: DocumentDeps): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/v1/incidents/:id/timeline.md', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      const version = parseVersion(c.req.query());
      if (version !== undefined) {
        const { markdown } = await getDocumentVersion(deps, scope, { idOrPrefix: c.req.param('id'), kind: 'timeline', version });
        return send(c, { mediaType: 'text/markdown', parts: [markdown] });
      }
      const { parts } = await getTimeline(deps, scope, c.req.param('id'), parseTimelineQuery(c.req.query()));
      return send(c, { mediaType: 'text/markdown', parts });
    })
    .get('/v1/incidents/:id/draft.md', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      const version = parseVersion(c.req.query());
      if (version !== undefined) {
        const { markdown } = await getDocumentVersion(deps, scope, { idOrPrefix: c.req.param('id'), kind: 'draft', version });
        return send(c, { mediaType: 'text/markdown', parts: [markdown] });
      }
      return send(c, await getDraft(deps, scope, c.req.param('id'), parseDraftQuery(c.req.query())));
    })
    .get('/v1/incidents/:id/:kind{timeline|draft}/versions', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      const kind = c.req.param('kind') === 'draft' ? 'draft' : 'timeline';
      return c.json(await listDocumentVersions(deps, scope, { idOrPrefix: c.req.param('id'), kind }));
    });
}

function send(c: Context<AppEnv>, { mediaType, parts }: TargetDocument): Response {
  return c.body(joinParts(parts), 200, { 'content-type': `${mediaType}; charset=utf-8` });
}
