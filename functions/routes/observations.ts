import { Hono } from 'hono';
import type { IncidentStore } from '#core/ports.ts';
import type { AppEnv } from '../middleware/app-env.ts';
import { acceptBatch, type AcceptDeps } from '../usecases/accept-batch.ts';
import { authenticate } from '../usecases/authenticate.ts';
import { parseBatchHeaders } from './parse-batch-headers.ts';
import { readBody } from './read-body.ts';

export interface ObservationsDeps extends AcceptDeps {
  readonly store: AcceptDeps['store'] & Pick<IncidentStore, 'clusterOfKey'>;
}

export function observationsRoutes(deps: ObservationsDeps): Hono<AppEnv> {
  return new Hono<AppEnv>().post('/v1/observations', async (c) => {
    const cluster = await authenticate(deps, c.req.header('authorization'));
    const headers = parseBatchHeaders(c.req.raw.headers);
    const body = await readBody(c.req.raw, deps.clock);
    return c.json(await acceptBatch(deps, { ...headers, cluster, body }), 202);
  });
}
