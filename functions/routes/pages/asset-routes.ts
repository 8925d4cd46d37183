import { Hono } from 'hono';
import { assets } from '../../assets/assets.ts';
import type { AppEnv } from '../../middleware/app-env.ts';

/** The files of the pages: open to everybody, since they say nothing, and kept for ever, since their names change with them. */
export function assetRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  for (const { path, body, type } of assets) {
    routes.get(path, (c) =>
      c.body(body, 200, {
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'",
      }),
    );
  }
  return routes;
}
