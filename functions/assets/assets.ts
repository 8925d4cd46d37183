import { createHash } from 'node:crypto';
import base from './base.css' with { type: 'text' };
import components from './components.css' with { type: 'text' };
import icon from './icon.svg' with { type: 'text' };
import script from './page.client.js' with { type: 'text' };
import print from './print.css' with { type: 'text' };
import swimlane from './swimlane.css' with { type: 'text' };

/** A file of the pages. Its name changes with its content, so that a browser may keep it for ever. */
export interface Asset {
  readonly path: string;
  readonly body: string;
  readonly type: string;
}

function toAsset(name: string, extension: string, body: string, type: string): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { path: `/assets/${name}.${hash}.${extension}`, body, type };
}

export const stylesheet = toAsset('mortem', 'css', [base, components, swimlane, print].join('\n'), 'text/css; charset=utf-8');
export const pageScript = toAsset('mortem', 'js', script, 'text/javascript; charset=utf-8');
export const favicon = toAsset('mortem', 'svg', icon, 'image/svg+xml');

/** The picture alone, for a download: what a stylesheet cannot reach any more. */
export const swimlaneStyle = swimlane;

export const assets: readonly Asset[] = [stylesheet, pageScript, favicon];
