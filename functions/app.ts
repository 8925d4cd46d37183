import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import type { Logger } from '#core/ports.ts';
import type { AppEnv } from './middleware/app-env.ts';
import { createErrorHandler } from './middleware/handle-error.ts';
import { problemResponse } from './middleware/problem.ts';
import { refuseForeignHost } from './middleware/refuse-foreign-host.ts';
import { requireReady } from './middleware/require-ready.ts';
import { revalidate } from './middleware/revalidate.ts';
import { requestId } from './middleware/request-id.ts';
import { descriptionRoutes } from './routes/descriptions.ts';
import { documentRoutes, type DocumentDeps } from './routes/documents.ts';
import { healthRoutes, type HealthDeps } from './routes/health.ts';
import { incidentRoutes, type ReadDeps } from './routes/incidents.ts';
import { ledgerRoutes, type LedgerDeps } from './routes/ledger.ts';
import { observationsRoutes, type ObservationsDeps } from './routes/observations.ts';
import { pageRoutes } from './routes/pages.tsx';
import { problemPages } from './routes/pages/answer-fault.tsx';
import { assetRoutes } from './routes/pages/asset-routes.ts';
import type { PageDeps } from './routes/pages/page-deps.ts';

export interface AppDeps extends HealthDeps, ReadDeps, DocumentDeps, LedgerDeps, ObservationsDeps, PageDeps {
  readonly store: ReadDeps['store'] & DocumentDeps['store'] & LedgerDeps['store'] & ObservationsDeps['store'] & PageDeps['store'];
  readonly logger: Logger;
}

/** The whole HTTP surface as a value: the same under Node, Lambda and `app.request()`. */
export function createApp(deps: AppDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.onError(createErrorHandler(deps.logger));
  app.notFound((c) =>
    problemResponse({
      type: 'urn:mortem:problem:not-found',
      title: 'Not found',
      status: 404,
      detail: `Nothing is served under ${c.req.method} ${c.req.path}. Incidents are under /incidents and /v1/incidents.`,
    }),
  );
  app.use(requestId);
  app.use(async (c, next) => {
    await next();
    c.header('x-content-type-options', 'nosniff');
  });
  app.use(problemPages(deps));
  if (deps.openReads) app.use(refuseForeignHost);
  // Also the page that says what is wrong with the database has a style.
  app.route('/', assetRoutes());
  app.use(requireReady(deps));
  app.route('/', healthRoutes(deps));
  app.route('/', observationsRoutes(deps));
  app.on('GET', ['/v1/*', '/openapi.json', '/schemas/*'], revalidate, compress(), etag());
  app.route('/', incidentRoutes(deps));
  app.route('/', documentRoutes(deps));
  app.route('/', ledgerRoutes(deps));
  app.route('/', descriptionRoutes());
  app.route('/', pageRoutes(deps));
  return app;
}
