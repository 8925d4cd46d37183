import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../test/support/open-browser.ts';
import { replayInto, startTestServer } from '../test/support/replayed.ts';

/** Takes the pictures of docs/screenshots anew from recorded incidents: `npm run docs:screenshots`. */
const folder = join(import.meta.dirname, '..', 'docs', 'screenshots');
const recordings = ['s24-seed-story', 's12-oom-main', 's10-readiness-failing', 's21-job-backofflimit'];

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly narrow?: boolean;
  readonly dark?: boolean;
  readonly height?: number;
}

const [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
for (const name of recordings) await replayInto(server, name);
const { store } = server.deps;
const story = (await store.incidents({ cluster: 's24-seed-story' }))[0]?.id ?? '';
const evidence = (await store.incident(story))?.chapters.at(-1)?.evidence[0] ?? '';
const pods = await store.observationsOf({
  cluster: 's24-seed-story',
  namespace: 's24-seed-story',
  kind: 'Deployment',
  name: 'payments-api',
});
const pod = pods.find((record) => record.kind === 'pod' && record.name.endsWith('9gp79'));
const uid = pod !== undefined && pod.kind === 'pod' ? pod.uid : '';

const shots: readonly Shot[] = [
  { name: 'incidents', path: '/incidents' },
  { name: 'incident', path: `/incidents/${story}`, height: 1340 },
  { name: 'incident-pods-dark', path: `/incidents/${story}#lanes`, dark: true, height: 1000 },
  { name: 'draft', path: `/incidents/${story}/draft` },
  { name: 'timeline-dark', path: `/incidents/${story}/timeline`, dark: true },
  { name: 'pod', path: `/pods/s24-seed-story/${uid}` },
  { name: 'evidence-dark', path: `/evidence/${evidence}`, dark: true },
  { name: 'trends', path: '/trends/oomkilled?since=7d' },
  { name: 'audit', path: '/audit?workload=deploy/payments-api' },
  { name: 'images', path: '/images' },
  { name: 'status', path: '/status' },
  { name: 'incidents-narrow', path: '/incidents', narrow: true },
  { name: 'incident-narrow-dark', path: `/incidents/${story}`, narrow: true, dark: true, height: 1200 },
  { name: 'audit-narrow-dark', path: '/audit?workload=deploy/payments-api', narrow: true, dark: true },
];
await mkdir(folder, { recursive: true });
for (const shot of shots) await take(browser, shot);
await browser.close();
await server.close();

async function take(from: Browser, { name, path, narrow = false, dark = false, height = 900 }: Shot): Promise<void> {
  const context = await from.newContext({
    baseURL: server.url,
    viewport: { width: narrow ? 360 : 1280, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(path);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}
