import { MortemError } from '#core/errors.ts';

/** @throws {MortemError} `usage` */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new MortemError('usage', `"${text}" is no port. Use a number from 0 to 65535.`);
}
