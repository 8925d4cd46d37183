import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../functions/serve.ts';
import { openBrowser } from '../support/open-browser.ts';
import { replayInto, startTestServer, timelinesOf } from '../support/replayed.ts';

const name = 's24-seed-story';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
  await replayInto(server, name);
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

test('from the list of incidents to the timeline, with nothing that the content security policy refuses', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (line) => complaints.push(line.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.url}/incidents`);
  expect(await page.locator('tbody tr').count()).toBe(1);
  await page.getByRole('link', { name: /^INC-/ }).click();
  const [timeline = ''] = await timelinesOf(server, name);
  expect((await page.locator('pre').innerText()).trim()).toBe(timeline.trim());
  expect(await page.title()).toContain(`Deployment ${name}/payments-api`);
  expect(complaints).toEqual([]);
});

test('an incident that does not exist is a page that says so', async () => {
  const page = await browser.newPage();
  const answer = await page.goto(`${server.url}/incidents/INC-0000000000000000`);
  expect(answer?.status()).toBe(404);
  expect(await page.locator('body').innerText()).toContain('INC-0000000000000000');
});
