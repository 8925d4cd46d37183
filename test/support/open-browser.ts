import chromium from '@sparticuz/chromium';
import { chromium as driver, type Browser } from 'playwright-core';

/** The Chromium that npm carried for Linux x64; elsewhere the one that CHROME_PATH names. */
export async function openBrowser(): Promise<Browser> {
  const own = process.env['CHROME_PATH'];
  if (own === undefined && !(process.platform === 'linux' && process.arch === 'x64')) {
    throw new Error('The browser tests need a Chromium: set CHROME_PATH to its executable.');
  }
  return driver.launch({
    executablePath: own ?? (await chromium.executablePath()),
    args: [
      ...chromium.args,
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
