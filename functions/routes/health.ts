import { Hono } from 'hono';
import type { AppEnv } from '../middleware/app-env.ts';
import { notReady } from '../middleware/require-ready.ts';

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
      return state.ready ? c.text('ok\n') : notReady(state.detail);
    });
}
