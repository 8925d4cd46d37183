import { Hono } from 'hono';
import { MortemError } from '#core/errors.ts';
import { joinParts } from '#core/report/targets/join-parts.ts';
import type { StoredDocument } from '#core/store-model.ts';
import type { AppEnv } from '../../middleware/app-env.ts';
import { DocumentPage } from '../../pages/document/document-page.tsx';
import { parseDocument } from '../../pages/document/parse-document.ts';
import { renderSwimlaneFile, swimlaneFileHeaders } from '../../pages/swimlane/swimlane-file.tsx';
import { getDraft } from '../../usecases/get-draft.ts';
import { getTimeline } from '../../usecases/get-timeline.ts';
import { readIncidentRecords } from '../../usecases/read-incident-records.ts';
import type { ReadScope } from '../../usecases/read-scope.ts';
import { answerPage, pageHeaders } from './answer-page.ts';
import type { PageDeps } from './page-deps.ts';
import { readPageRequest } from './page-request.ts';

/** Timeline and draft as pages and as Markdown, the picture and the incident as files. */
export function documentPages(deps: PageDeps): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  for (const kind of ['timeline', 'draft'] as const) {
    routes.get(`/incidents/:id/${kind}`, async (c) => {
      const { scope, view } = await readPageRequest(c, deps);
      const { incident, picture } = await readIncidentRecords(deps, scope, c.req.param('id') ?? '');
      const blocks = picture === undefined ? parseDocument(await markdownOf(deps, scope, incident.id, kind)) : picture.documents(kind);
      return answerPage(c, <DocumentPage view={view} incident={incident} kind={kind} blocks={blocks} />);
    });
    routes.get(`/incidents/:id/${kind}.md`, async (c) => {
      const { scope } = await readPageRequest(c, deps);
      const markdown = await markdownOf(deps, scope, c.req.param('id') ?? '', kind);
      // Browsers show plain text and download what they do not know; a script asks for what it is.
      const type = c.req.header('accept')?.includes('text/html') === true ? 'text/plain' : 'text/markdown';
      return c.body(markdown, 200, { ...pageHeaders, 'content-type': `${type}; charset=utf-8` });
    });
  }
  return routes
    .get('/incidents/:id/swimlane.svg', async (c) => {
      const { scope } = await readPageRequest(c, deps);
      const { incident, picture } = await readIncidentRecords(deps, scope, c.req.param('id'));
      if (picture === undefined)
        throw new MortemError('not-found', 'The records of this incident are no longer kept, so there is no picture of it.');
      const svg = await renderSwimlaneFile(picture.swimlane, incident.workload.name);
      return c.body(svg, 200, { ...pageHeaders, ...swimlaneFileHeaders });
    })
    .get('/incidents/:id/incident.json', async (c) => {
      const { scope } = await readPageRequest(c, deps);
      const { incident } = await readIncidentRecords(deps, scope, c.req.param('id'));
      return c.body(`${JSON.stringify(incident, null, 2)}\n`, 200, { ...pageHeaders, 'content-type': 'application/json; charset=utf-8' });
    });
}

async function markdownOf(deps: PageDeps, scope: ReadScope, id: string, kind: StoredDocument['kind']): Promise<string> {
  return kind === 'timeline' ? (await getTimeline(deps, scope, id)).markdown : joinParts((await getDraft(deps, scope, id)).parts);
}
