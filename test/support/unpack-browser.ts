import chromium from '@sparticuz/chromium';

/** vitest global set-up: whoever finds the executable takes it for whole, so two workers must not unpack it at the same time. */
export async function setup(): Promise<void> {
  if (process.env['CHROME_PATH'] === undefined && process.platform === 'linux' && process.arch === 'x64') await chromium.executablePath();
}
