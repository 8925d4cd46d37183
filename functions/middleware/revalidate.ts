import { createMiddleware } from 'hono/factory';
import type { AppEnv } from './app-env.ts';

/** Answers differ by reader and change with every record: a copy may be kept by its reader, and is asked about before use. */
export const revalidate = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  if (c.res.ok && !c.res.headers.has('cache-control')) c.header('cache-control', 'private, no-cache');
});
