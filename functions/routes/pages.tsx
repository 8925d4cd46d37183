import { Hono } from 'hono';
import type { AppEnv } from '../middleware/app-env.ts';
import { createFaultHandler } from './pages/answer-fault.tsx';
import { documentPages } from './pages/document-pages.tsx';
import { evidencePages } from './pages/evidence-pages.tsx';
import { incidentPages } from './pages/incident-pages.tsx';
import { ledgerPages } from './pages/ledger-pages.tsx';
import { loginRoutes } from './pages/login-routes.tsx';
import type { PageDeps } from './pages/page-deps.ts';
import { podPages } from './pages/pod-pages.tsx';
import { statusPages } from './pages/status-pages.tsx';

/** Server-rendered pages: whole without a script, better with the one they bring. */
export function pageRoutes(deps: PageDeps): Hono<AppEnv> {
  const pages = new Hono<AppEnv>();
  pages.onError(createFaultHandler(deps));
  for (const part of [
    loginRoutes(deps),
    incidentPages(deps),
    documentPages(deps),
    podPages(deps),
    evidencePages(deps),
    ledgerPages(deps),
    statusPages(deps),
  ]) {
    pages.route('/', part);
  }
  return pages;
}
