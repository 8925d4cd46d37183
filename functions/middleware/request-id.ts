import { randomUUID } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import type { AppEnv } from './app-env.ts';

/** Names the request in its answer and in the log. */
export const requestId = createMiddleware<AppEnv>(async (c, next) => {
  c.set('requestId', randomUUID());
  await next();
  c.header('x-request-id', c.get('requestId'));
});
