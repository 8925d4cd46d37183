import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../../functions/serve.ts';
import { openBrowser } from '../support/open-browser.ts';
import { replayInto, startTestServer } from '../support/replayed.ts';
import { attack, plantHostile } from './plant-hostile.ts';

/** Run within the page, and so written as what a page runs. */
const examine = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => ({
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  violations: violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' | ')),
}))`;

interface Seen {
  readonly pwned: boolean;
  readonly planted: number;
  readonly overflow: number;
  readonly text: string;
}

const lookForHarm = `({
  pwned: 'pwned' in window,
  planted: document.querySelectorAll('img[src="x"], [onerror], [href^="javascript"], body script').length,
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  text: document.documentElement.textContent,
})`;

const lookAtPaper = `(() => {
  const style = getComputedStyle(document.documentElement);
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    surface: style.getPropertyValue('--surface').trim(),
    soft: style.getPropertyValue('--failing-soft').trim(),
  };
})()`;

let server: RunningServer;
let browser: Browser;
/** The recorded story, and an incident made of attacks. */
let story: string;
let hostile: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
  await replayInto(server, 's24-seed-story');
  story = (await server.deps.store.incidents({ cluster: 's24-seed-story' }))[0]!.id;
  hostile = await plantHostile(server);
}, 240_000);

afterAll(async () => {
  await browser.close();
  await server.close();
});

/** A page of its own, and what went wrong on it: errors, and what its content security policy had to forbid. */
async function visit<T>(options: BrowserContextOptions, body: (page: Page, faults: readonly string[]) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('dialog', (dialog) => {
      faults.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    return await body(page, faults);
  } finally {
    await context.close();
  }
}

function pathsOf(id: string, pod: string): readonly string[] {
  return ['/incidents', `/incidents/${id}`, `/incidents/${id}/timeline`, `/incidents/${id}/draft`, pod];
}

async function podOf(id: string): Promise<string> {
  const incident = await server.deps.store.incident(id);
  const { cluster, namespace, workload } = incident!;
  const records = await server.deps.store.observationsOf({ cluster, namespace, kind: workload.kind, name: workload.name });
  return `/pods/${cluster}/${encodeURIComponent(records.findLast((record) => record.kind === 'pod')!.uid)}`;
}

async function evidenceOf(id: string): Promise<string> {
  return `/evidence/${(await server.deps.store.incident(id))!.chapters[0]!.evidence[0]}`;
}

test('from the list to the record behind a row, and to the draft on the clipboard', async () => {
  await visit({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page, faults) => {
    await page.goto('/');
    await page.locator('[name=text]').fill('payments');
    await page.locator('[name=symptom]').selectOption('OOMKilled');
    await page.getByRole('button', { name: 'Filter' }).click();
    expect(new URL(page.url()).search).toContain('text=payments');
    expect(await page.getByRole('row').count()).toBe(2);
    await page.getByRole('link', { name: 'payments-api' }).click();
    expect(await page.locator('.lead').innerText()).toContain('First failed in image-pull with ImagePullBackOff');

    await page.locator('.lane', { hasText: '9gp79' }).hover();
    const marked = page.locator('.rows tr.is-marked');
    expect(await marked.allInnerTexts()).toHaveLength(3);
    expect(await marked.first().innerText()).toContain('OOMKilled');
    // And back: a row marks its signs in the picture, by keyboard as by mouse.
    await marked.first().getByRole('link').first().focus();
    expect(await page.locator('.glyph.is-marked').count()).toBe(1);

    await marked.first().getByRole('link').first().click();
    expect(page.url()).toContain('/evidence/EV-');
    expect(await page.locator('main').innerText()).toContain('oom-container-limit');
    await page.getByRole('link', { name: 'payments-api', exact: true }).click();
    await page.getByRole('link', { name: 'Post-mortem draft' }).click();
    expect(await page.locator('h1').innerText()).toContain('Post-mortem (draft)');
    await page.getByRole('button', { name: 'Copy Markdown' }).click();
    await page.getByText('Copied.').waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toBe(await (await fetch(`${server.url}/v1/incidents/${story}/draft.md`)).text());
    expect(faults).toEqual([]);
  });
});

test('the questions asked weeks later', async () => {
  await visit({}, async (page, faults) => {
    await page.goto('/trends');
    expect(await page.locator('h1').innerText()).toBe('OOM kills');
    expect(await page.locator('.trend-card').first().innerText()).toContain('payments-api');
    expect(await page.locator('.chart .marker').count()).toBe(3);
    await page.getByRole('link', { name: 'Images', exact: true }).click();
    expect(await page.locator('.rollout', { hasText: 'OOMKilled' }).innerText()).toContain('the rollback after it: symptom not seen again');
    await page.locator('[name=image]').fill('platform/api:2026-04-21-rc1');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.locator('main').innerText()).toContain('2026-04-21-rc1 never started (not-found)');
    await page.getByRole('link', { name: 'What ran when' }).click();
    expect(await page.locator('main').innerText()).toContain('payments-api');
    await page.getByRole('link', { name: 'Status' }).click();
    expect(await page.locator('main').innerText()).toContain('replay');
    expect(faults).toEqual([]);
  });
});

test('what is printed is on white, also from a dark screen, and fits the paper', async () => {
  // A4 without its margins, in CSS pixels.
  await visit({ viewport: { width: 687, height: 1000 }, colorScheme: 'dark' }, async (page) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const printed: Record<string, unknown> = {};
    const paths = [...pathsOf(story, await podOf(story)), '/trends/oomkilled?since=7d', '/audit?workload=deploy/payments-api', '/images'];
    for (const path of paths) {
      await page.goto(path);
      printed[path] = await page.evaluate(lookAtPaper);
    }
    expect(printed).toEqual(Object.fromEntries(paths.map((path) => [path, { overflow: 0, surface: '#ffffff', soft: '#fdeceb' }])));
  });
});

test('everything is there without JavaScript', async () => {
  await visit({ javaScriptEnabled: false }, async (page) => {
    await page.goto('/incidents');
    await page.locator('[name=status]').selectOption('recovered');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('link', { name: 'payments-api' }).click();
    expect(await page.locator('svg.swimlane .lane').count()).toBe(4);
    expect(await page.locator('.rows tbody tr').count()).toBe(12);
    expect(await page.getByRole('button', { name: /Copy/ }).count()).toBe(0);
    await page.getByText('The same pods as a table').click();
    await page.getByRole('link', { name: 'payments-api-69869d86dc-9gp79' }).last().click();
    expect(await page.locator('main').innerText()).toContain('OOMKilled');
    await page.goto(`/incidents/${story}/draft`);
    await page.getByRole('link', { name: 'Plain Markdown' }).click();
    expect(await page.locator('body').innerText()).toContain('# Post-mortem (draft)');
  });
});

describe.each([
  { name: 'wide and light', width: 1440, colorScheme: 'light' as const },
  { name: 'narrow and dark', width: 360, colorScheme: 'dark' as const },
])('$name', ({ width, colorScheme }) => {
  test('no page is wider than the window, and axe finds nothing', { timeout: 240_000 }, async () => {
    const paths = [
      ...pathsOf(story, await podOf(story)),
      await evidenceOf(story),
      '/trends/oomkilled',
      '/audit?workload=deploy/payments-api',
      '/images',
      '/status',
      '/login',
      '/incidents?text=nothing-has-this-name',
      '/incidents/INC-0000000000000000',
    ];
    await visit({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' }, async (page) => {
      for (const path of paths) {
        await page.goto(path);
        await page.evaluate(axe.source);
        const found = await page.evaluate<object>(examine);
        expect({ path, ...found }).toEqual({ path, overflow: 0, violations: [] });
      }
    });
  });

  test('hostile names and logs stay text, and break nothing', async () => {
    const paths = [
      ...pathsOf(hostile, await podOf(hostile)),
      await evidenceOf(hostile),
      '/audit?image=sha256:abababababab',
      '/images?cluster=hostile',
      '/trends/restarts?cluster=hostile',
      `/incidents/${hostile}/swimlane.svg`,
    ];
    await visit({ viewport: { width, height: 800 }, colorScheme }, async (page, faults) => {
      for (const path of paths) {
        await page.goto(path);
        const seen = await page.evaluate<Seen>(lookForHarm);
        expect({ path, pwned: seen.pwned, planted: seen.planted, overflow: path.endsWith('.svg') ? 0 : seen.overflow }).toEqual({
          path,
          pwned: false,
          planted: 0,
          overflow: 0,
        });
        expect(seen.text).toContain(attack.slice(0, 20));
      }
      expect(faults).toEqual([]);
    });
  });
});
