import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { MortemError } from '#core/errors.ts';
import type { AppEnv } from '../../middleware/app-env.ts';
import { LoginPage } from '../../pages/login/login-page.tsx';
import { readScope } from '../../usecases/read-scope.ts';
import { answerPage } from './answer-page.ts';
import type { PageDeps } from './page-deps.ts';
import { endSession, startSession } from './session-cookie.ts';

const maxFormBytes = 16_384;

/** A form for people, since a browser sends no bearer key. */
export function loginRoutes(deps: PageDeps): Hono<AppEnv> {
  const view = () => ({ now: deps.clock.now().getTime(), signedIn: false });
  return new Hono<AppEnv>()
    .use('/login', csrf())
    .use('/logout', csrf())
    .get('/login', (c) => answerPage(c, <LoginPage view={view()} next={localPath(c.req.query('next'))} />))
    .post('/login', async (c) => {
      if (Number(c.req.header('content-length') ?? Infinity) > maxFormBytes) {
        throw new MortemError('too-large', 'A key is shorter than that. Paste the key alone.');
      }
      const form = await c.req.parseBody();
      const next = localPath(text(form['next']));
      const credential = text(form['key']).trim();
      try {
        await readScope({ identify: deps.identify, openReads: false }, `Bearer ${credential}`);
      } catch (error) {
        if (!(error instanceof MortemError) || (error.code !== 'unauthorized' && error.code !== 'forbidden')) throw error;
        return answerPage(
          c,
          <LoginPage view={view()} next={next} fault={faultOf(error, credential)} />,
          error.code === 'forbidden' ? 403 : 401,
        );
      }
      await startSession(c, deps.sessions, credential);
      return c.redirect(next, 303);
    })
    .post('/logout', (c) => {
      endSession(c);
      return c.redirect('/login', 303);
    });
}

function faultOf({ message }: MortemError, credential: string): string {
  return credential === '' || /\s/.test(credential) ? 'Paste the key that "mortem keys create" printed: mk_ and 43 characters.' : message;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Only a path of this server: the form must not send anybody elsewhere. */
function localPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x21-\x7e]{0,2000}$/.test(next) ? next : '/incidents';
}
