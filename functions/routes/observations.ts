import { Hono } from 'hono';
import type { AppEnv } from '../middleware/app-env.ts';
import { acceptBatch, type AcceptDeps } from '../usecases/accept-batch.ts';
import type { Admission } from '../usecases/admission.ts';
import type { AuthDeps } from '../usecases/authenticate.ts';
import { writeScope } from '../usecases/write-scope.ts';
import { checkRate } from './check-rate.ts';
import { parseBatchHeaders } from './parse-batch-headers.ts';
import { readBody } from './read-body.ts';

export interface ObservationsDeps extends AcceptDeps, AuthDeps {
  /** Room for one more batch of the cluster now, or how long to wait. */
  readonly admit: (cluster: string) => Admission;
}

export function observationsRoutes(deps: ObservationsDeps): Hono<AppEnv> {
  return new Hono<AppEnv>().post('/v1/observations', async (c) => {
    const cluster = await writeScope(deps, c.req.header('authorization'));
    checkRate(deps.admit(cluster));
    const headers = parseBatchHeaders(c.req.raw.headers);
    const body = await readBody(c.req.raw, deps.clock);
    return c.json(await acceptBatch(deps, { ...headers, cluster, body }), 202);
  });
}
