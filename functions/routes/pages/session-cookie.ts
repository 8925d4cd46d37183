import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { AppEnv } from '../../middleware/app-env.ts';
import type { Sessions } from '../../usecases/sessions.ts';

const name = 'mortem_session';

/** The credential of the reader's session as an `authorization` header would carry it. */
export async function sessionOf(c: Context<AppEnv>, sessions: Sessions): Promise<string | undefined> {
  const token = getCookie(c, name);
  const credential = token === undefined ? undefined : await sessions.open(token);
  return credential === undefined ? undefined : `Bearer ${credential}`;
}

/** Strict: no other site's link or form arrives with it. No script can read it. */
export async function startSession(c: Context<AppEnv>, sessions: Sessions, credential: string): Promise<void> {
  setCookie(c, name, await sessions.seal(credential), { ...attributes(c), maxAge: Math.floor(sessions.lifetimeMs / 1000) });
}

export function endSession(c: Context<AppEnv>): void {
  deleteCookie(c, name, attributes(c));
}

function attributes(c: Context<AppEnv>) {
  return { path: '/', httpOnly: true, sameSite: 'Strict', secure: isHttps(c) } as const;
}

/** A proxy that ends TLS says so. Whoever feigns it only keeps his own browser from sending the cookie. */
function isHttps(c: Context<AppEnv>): boolean {
  return new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
}
