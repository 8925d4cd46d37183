import { createMiddleware } from 'hono/factory';
import { MortemError } from '#core/errors.ts';
import type { AppEnv } from './app-env.ts';

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Where reads need no key: a web page elsewhere can point its own name at 127.0.0.1 and read what the browser reaches there,
 * but the browser then sends that name.
 */
export const refuseForeignHost = createMiddleware<AppEnv>(async (c, next) => {
  const host = c.req.header('host');
  if (host !== undefined && !loopbackHost.test(host)) {
    throw new MortemError('forbidden', 'This server answers on localhost only. Open it under http://localhost or http://127.0.0.1.');
  }
  await next();
});
