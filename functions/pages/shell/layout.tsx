import type { Child } from 'hono/jsx';
import { favicon, pageScript, stylesheet } from '../../assets/assets.ts';
import type { Section, View } from '../view.ts';

interface LayoutProps {
  readonly title: string;
  readonly view: View;
  readonly current?: Section;
  readonly children?: Child;
}

const sections: readonly { readonly id: Section; readonly href: string; readonly label: string }[] = [
  { id: 'incidents', href: '/incidents', label: 'Incidents' },
  { id: 'trends', href: '/trends/oomkilled', label: 'Trends' },
  { id: 'images', href: '/audit', label: 'Images' },
  { id: 'status', href: '/status', label: 'Status' },
];

/** The frame of every page. Hono's JSX escapes all text, which is what the pages rely on. */
export function Layout({ title, view, current, children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · mortem`}</title>
        <link rel="icon" href={favicon.path} type="image/svg+xml" />
        <link rel="stylesheet" href={stylesheet.path} />
        <script type="module" src={pageScript.path}></script>
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="bar">
          <div class="bar-inner">
            <a class="brand" href="/incidents">
              <img src={favicon.path} width="24" height="24" alt="" />
              mortem
            </a>
            <nav aria-label="Sections">
              <ul>
                {sections.map(({ id, href, label }) => (
                  <li>
                    <a href={href} {...(id === current ? { 'aria-current': 'page' } : {})}>
                      {label}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
            {view.signedIn ? (
              <form class="sign-out" method="post" action="/logout">
                <button type="submit" class="quiet">
                  Sign out
                </button>
              </form>
            ) : null}
          </div>
        </header>
        <main id="content">{children}</main>
      </body>
    </html>
  );
}
