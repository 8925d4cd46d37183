import { createMiddleware } from 'hono/factory';
import type { HealthDeps } from '../routes/health.ts';
import type { AppEnv } from './app-env.ts';
import { problemResponse, type Problem } from './problem.ts';

/** What a program that cannot use its database answers to everything but a question for its health. */
export function requireReady({ readiness }: HealthDeps) {
  return createMiddleware<AppEnv>(async (c, next) => {
    if (c.req.path === '/healthz' || c.req.path === '/readyz') return next();
    const state = await readiness();
    return state.ready ? next() : notReady(state.detail);
  });
}

/** A collector keeps its batches and tries again. */
export function notReady(detail: string): Response {
  const problem: Problem = { type: 'urn:mortem:problem:not-ready', title: 'Service unavailable', status: 503, detail };
  return problemResponse(problem, { 'retry-after': '30' });
}
