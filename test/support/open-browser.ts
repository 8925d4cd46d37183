import chromium from '@sparticuz/chromium';
import { chromium as driver, type Browser } from 'playwright-core';

/** What Lambda needs and a test does not: one process for all ends with the first page that is closed, and web security is what is tested. */
const unwanted: ReadonlySet<string> = new Set([
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
]);

/** The Chromium that npm carried for Linux x64; elsewhere the one that CHROME_PATH names. */
export async function openBrowser(): Promise<Browser> {
  const own = process.env['CHROME_PATH'];
  if (own === undefined && !(process.platform === 'linux' && process.arch === 'x64')) {
    throw new Error('The browser tests need a Chromium: set CHROME_PATH to its executable.');
  }
  return driver.launch({
    executablePath: own ?? (await chromium.executablePath()),
    args: [
      ...chromium.args.filter((argument) => !unwanted.has(argument)),
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
