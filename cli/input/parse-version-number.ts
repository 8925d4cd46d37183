import { MortemError } from '#core/errors.ts';

/** @throws {MortemError} `usage` for what is no whole number from 1 */
export function parseVersionNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const version = Number(text);
  if (Number.isSafeInteger(version) && version >= 1) return version;
  throw new MortemError('usage', `"${text}" is no version. Use a whole number from 1; --versions lists them.`);
}
