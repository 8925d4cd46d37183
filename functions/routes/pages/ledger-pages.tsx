import { Hono } from 'hono';
import type { AppEnv } from '../../middleware/app-env.ts';
import { AuditPage } from '../../pages/images/audit-page.tsx';
import { ImagePage } from '../../pages/images/image-page.tsx';
import { TrendPage } from '../../pages/trends/trend-page.tsx';
import { auditRollbacks } from '../../usecases/audit-rollbacks.ts';
import { getTrend } from '../../usecases/get-trend.ts';
import { listImages } from '../../usecases/list-ledger.ts';
import { auditQuery, imageQuery, toFilters, trendQuery } from '../ledger-query.ts';
import { parseQuery } from '../parse-query.ts';
import { subjectOf } from '../trend-subject.ts';
import { answerPage } from './answer-page.ts';
import type { PageDeps } from './page-deps.ts';
import { readPageRequest } from './page-request.ts';

/** Trends, the rollback audit, and what ran when: the same answers as the API's. */
export function ledgerPages(deps: PageDeps): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/trends', (c) => c.redirect('/trends/oomkilled'))
    .get('/trends/oom', (c) => c.redirect('/trends/oomkilled'))
    .get('/trends/:of', async (c) => {
      const { scope, view } = await readPageRequest(c, deps);
      const parameters = filled(c.req.query());
      const { by, bucket, limit, ...filters } = parseQuery(trendQuery, parameters);
      const trend = await getTrend(deps, scope, { of: subjectOf(c.req.param('of')), by, bucket, limit, ...toFilters(filters) });
      return answerPage(c, <TrendPage view={view} trend={trend} parameters={parameters} {...nextPage(c.req.url, trend)} />);
    })
    .get('/audit', async (c) => {
      const { scope, view } = await readPageRequest(c, deps);
      const parameters = filled(c.req.query());
      const { limit, ...filters } = parseQuery(auditQuery, parameters);
      const audit = await auditRollbacks(deps, scope, { limit, ...toFilters(filters) });
      return answerPage(c, <AuditPage view={view} audit={audit} parameters={parameters} {...nextPage(c.req.url, audit)} />);
    })
    .get('/images', async (c) => {
      const { scope, view } = await readPageRequest(c, deps);
      const parameters = filled(c.req.query());
      const { at, ...filters } = parseQuery(imageQuery, parameters);
      const images = await listImages(deps, scope, { ...toFilters(filters), ...(at === undefined ? {} : { at: Date.parse(at) }) });
      return answerPage(c, <ImagePage view={view} images={images} parameters={parameters} />);
    });
}

/** A form sends every field, also those left empty. */
function filled(parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(parameters)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  );
}

function nextPage(url: string, { next }: { readonly next?: string }): { readonly next?: string } {
  if (next === undefined) return {};
  const { pathname, searchParams } = new URL(url);
  searchParams.set('cursor', next);
  return { next: `${pathname}?${searchParams.toString()}` };
}
