import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../functions/serve.ts';
import { openBrowser } from '../support/open-browser.ts';
import { startTestServer } from '../support/replayed.ts';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

test('an incident that does not exist is a page that says so', async () => {
  const page = await browser.newPage();
  const answer = await page.goto(`${server.url}/incidents/INC-0000000000000000`);
  expect(answer?.status()).toBe(404);
  expect(await page.locator('body').innerText()).toContain('INC-0000000000000000');
});
