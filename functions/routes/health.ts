import { Hono } from 'hono';
import type { AppEnv } from '../middleware/app-env.ts';
import { problemResponse } from '../middleware/problem.ts';

/** `ready`, or the sentence that says what is missing. */
export type Readiness = { readonly ready: true } | { readonly ready: false; readonly detail: string };

export interface HealthDeps {
  readonly readiness: () => Promise<Readiness>;
}

/** `/healthz`: the process lives. `/readyz`: it can do its work. */
export function healthRoutes({ readiness }: HealthDeps): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/healthz', (c) => c.text('ok\n'))
    .get('/readyz', async (c) => {
      const state = await readiness();
      if (state.ready) return c.text('ok\n');
      return problemResponse({ type: 'urn:mortem:problem:not-ready', title: 'Service unavailable', status: 503, detail: state.detail });
    });
}
