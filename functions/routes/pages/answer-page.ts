import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { AppEnv } from '../../middleware/app-env.ts';

/** Nothing but what this server itself sends; no script or style within a page, and no string may become HTML by script. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  // Who used this browser before must not leave pages behind in it.
  'cache-control': 'private, no-store',
};

export async function answerPage(c: Context<AppEnv>, content: Child, status: ContentfulStatusCode = 200): Promise<Response> {
  return c.html(html`<!doctype html>${content}`, status, pageHeaders);
}
