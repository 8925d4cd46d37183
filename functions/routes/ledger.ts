import { Hono } from 'hono';
import type { AppEnv } from '../middleware/app-env.ts';
import { auditRollbacks, type AuditDeps } from '../usecases/audit-rollbacks.ts';
import { getTrend, type TrendDeps } from '../usecases/get-trend.ts';
import { listAnnotations, type AnnotationDeps } from '../usecases/list-annotations.ts';
import { listImages, listRollouts, listTerminations } from '../usecases/list-ledger.ts';
import { readScope, type ReadScopeDeps } from '../usecases/read-scope.ts';
import type { LedgerStore } from '#core/ledger/ledger-store.ts';
import { annotationQuery, auditQuery, imageQuery, rolloutQuery, terminationQuery, toFilters, trendQuery } from './ledger-query.ts';
import { parseQuery } from './parse-query.ts';
import { subjectOf } from './trend-subject.ts';

export interface LedgerDeps extends ReadScopeDeps, TrendDeps, AuditDeps, AnnotationDeps {
  readonly ledger: LedgerStore;
}

/** The questions asked weeks later. Each answer is versioned JSON, described in /openapi.json. */
export function ledgerRoutes(deps: LedgerDeps): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/v1/trends/:of', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      const { by, bucket, limit, ...filters } = parseQuery(trendQuery, c.req.query());
      return c.json(await getTrend(deps, scope, { of: subjectOf(c.req.param('of')), by, bucket, limit, ...toFilters(filters) }));
    })
    .get('/v1/audit/rollbacks', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      const { limit, ...filters } = parseQuery(auditQuery, c.req.query());
      return c.json(await auditRollbacks(deps, scope, { limit, ...toFilters(filters) }));
    })
    .get('/v1/terminations', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      const { limit, pod, node, of, ...filters } = parseQuery(terminationQuery, c.req.query());
      const own = { ...(pod === undefined ? {} : { pod }), ...(node === undefined ? {} : { node }), ...(of === undefined ? {} : { of }) };
      return c.json(await listTerminations(deps, scope, { limit, ...own, ...toFilters(filters) }));
    })
    .get('/v1/rollouts', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      const { limit, kind, ...filters } = parseQuery(rolloutQuery, c.req.query());
      return c.json(await listRollouts(deps, scope, { limit, ...(kind === undefined ? {} : { kind }), ...toFilters(filters) }));
    })
    .get('/v1/images', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      const { at, ...filters } = parseQuery(imageQuery, c.req.query());
      return c.json(await listImages(deps, scope, { ...toFilters(filters), ...(at === undefined ? {} : { at: Date.parse(at) }) }));
    })
    .get('/v1/annotations', async (c) => {
      const scope = await readScope(deps, c.req.header('authorization'));
      const { limit, from, to, ...filters } = parseQuery(annotationQuery, c.req.query());
      const span = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      return c.json(await listAnnotations(deps, scope, { limit, ...span, ...toFilters(filters) }));
    });
}
