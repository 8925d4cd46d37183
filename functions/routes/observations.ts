import { Hono } from 'hono';
import { maxBatchBytes } from '#core/wire/sizes.ts';
import type { Release } from '../adapters/body-budget.ts';
import { claimedSize } from '../batch/claimed-size.ts';
import type { AppEnv } from '../middleware/app-env.ts';
import { acceptBatch, type AcceptDeps } from '../usecases/accept-batch.ts';
import type { Admission } from '../usecases/admission.ts';
import type { AuthDeps } from '../usecases/authenticate.ts';
import { writeScope } from '../usecases/write-scope.ts';
import { checkRate, tooMany } from './check-rate.ts';
import { parseBatchHeaders } from './parse-batch-headers.ts';
import { readBody } from './read-body.ts';

export interface ObservationsDeps extends AcceptDeps, AuthDeps {
  /** Room for one more batch of the cluster now, or how long to wait. */
  readonly admit: (cluster: string) => Admission;
  /** Room for a body of the cluster of so many bytes, until it is released; `undefined` when there is none now. */
  readonly reserve: (cluster: string, bytes: number) => Release | undefined;
  /** Waits for the turn of a body that inflates to so many bytes. */
  readonly takeTurn: (cluster: string, inflatedBytes: number) => Promise<Release>;
}

const busyRetrySeconds = 1;

export function observationsRoutes(deps: ObservationsDeps): Hono<AppEnv> {
  return new Hono<AppEnv>().post('/v1/observations', async (c) => {
    const cluster = await writeScope(deps, c.req.header('authorization'));
    checkRate(deps.admit(cluster));
    const headers = parseBatchHeaders(c.req.raw.headers);
    const release = deps.reserve(cluster, announcedBytes(c.req.header('content-length')));
    if (release === undefined) throw tooMany('The server takes in as many batches as its memory holds.', busyRetrySeconds);
    try {
      const body = await readBody(c.req.raw, deps.clock);
      const leave = await deps.takeTurn(cluster, claimedSize(body));
      try {
        return c.json(await acceptBatch(deps, { ...headers, cluster, body }), 202);
      } finally {
        leave();
      }
    } finally {
      release();
    }
  });
}

/** A sender that does not say how much it sends may send all that is allowed. */
function announcedBytes(contentLength: string | undefined): number {
  return contentLength !== undefined && /^\d+$/.test(contentLength) ? Math.min(Number(contentLength), maxBatchBytes) : maxBatchBytes;
}
